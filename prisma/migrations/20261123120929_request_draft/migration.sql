-- CreateTable
CREATE TABLE "request_draft" (
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "resident_id" UUID NOT NULL,
    "account_id" INTEGER NOT NULL,
    "meter_id" TEXT,
    "replaces_id" UUID,
    "period" TEXT,
    "t1" DECIMAL(14,3),
    "t2" DECIMAL(14,3),
    "t3" DECIMAL(14,3),
    "words" TEXT,
    "photo_ids" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "request_draft_resident_id_idx" ON "request_draft"("resident_id");

-- CreateIndex
CREATE INDEX "request_draft_account_id_idx" ON "request_draft"("account_id");

-- AddForeignKey
ALTER TABLE "request_draft" ADD CONSTRAINT "request_draft_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
