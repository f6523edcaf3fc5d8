-- AlterTable
ALTER TABLE "account" ADD COLUMN     "activation_code_since" DATE;
