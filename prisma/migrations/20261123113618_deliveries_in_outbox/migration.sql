-- DropIndex
DROP INDEX "outbox_created_at_idx";

-- DropIndex
DROP INDEX "seen_at_idx";

-- AlterTable
ALTER TABLE "conversation" DROP COLUMN "lease_owner",
DROP COLUMN "lease_until";

-- AlterTable
ALTER TABLE "outbox" DROP COLUMN "parts_done",
ADD COLUMN     "messages" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- DropTable
DROP TABLE "delivery";

-- CreateIndex
CREATE INDEX "outbox_created_at_idx" ON "outbox" USING BRIN ("created_at");

-- CreateIndex
CREATE INDEX "seen_at_idx" ON "seen" USING BRIN ("at");
