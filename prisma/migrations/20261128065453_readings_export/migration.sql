-- AlterTable
ALTER TABLE "reading" ADD COLUMN     "billing_key" TEXT,
ADD COLUMN     "export_id" INTEGER,
ADD COLUMN     "rejection_words" TEXT,
ADD COLUMN     "result_from" TEXT;

-- CreateTable
CREATE TABLE "readings_export" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "readings_export_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "readings_export_name_key" ON "readings_export"("name");

-- CreateIndex
CREATE INDEX "reading_export_id_id_idx" ON "reading"("export_id", "id");

-- AddForeignKey
ALTER TABLE "reading" ADD CONSTRAINT "reading_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "readings_export"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the next file of readings is gathered from.
CREATE INDEX "reading_to_export" ON "reading"("id") WHERE "status" = 'accepted' AND "export_id" IS NULL;
