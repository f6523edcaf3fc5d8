-- AlterTable
ALTER TABLE "reading" ADD COLUMN     "photo_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- The one photo that was kept so far.
UPDATE "reading" SET "photo_ids" = ARRAY["photo_id"] WHERE "photo_id" IS NOT NULL;

-- Of several corrections of one reading the last one stands.
DELETE FROM "request_draft" d USING "request_draft" o
WHERE o."replaces_id" = d."replaces_id" AND (o."created_at", o."id") > (d."created_at", d."id");

-- CreateIndex
CREATE UNIQUE INDEX "request_draft_replaces_id_key" ON "request_draft"("replaces_id");
