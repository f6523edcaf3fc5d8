-- AlterTable
ALTER TABLE "desk_line" ADD COLUMN     "part" INTEGER;
