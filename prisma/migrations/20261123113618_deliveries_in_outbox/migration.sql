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

-- What the platforms told stays known.
UPDATE "outbox" o SET "messages" = d.messages
FROM (SELECT chat, revision, ordinal, array_agg(message ORDER BY part) AS messages FROM "delivery" GROUP BY chat, revision, ordinal) d
WHERE o.chat = d.chat AND o.revision = d.revision AND o.ordinal = d.ordinal;

-- DropTable
DROP TABLE "delivery";

-- CreateIndex
CREATE INDEX "outbox_created_at_idx" ON "outbox" USING BRIN ("created_at");

-- CreateIndex
CREATE INDEX "seen_at_idx" ON "seen" USING BRIN ("at");
