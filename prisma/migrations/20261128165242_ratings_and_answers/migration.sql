-- AlterTable
ALTER TABLE "hand_off" ADD COLUMN     "rating_declined_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "notice" ADD COLUMN     "answered_at" TIMESTAMPTZ(3),
ADD COLUMN     "told_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "request" ADD COLUMN     "rating_declined_at" TIMESTAMPTZ(3);
