-- AlterTable
ALTER TABLE "hand_off" ADD COLUMN     "shown_minutes" INTEGER;
