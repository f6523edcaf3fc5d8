-- AlterTable
ALTER TABLE "file" ADD COLUMN     "request_id" UUID,
ADD COLUMN     "sent_bytes" INTEGER;

-- CreateIndex
CREATE INDEX "file_request_id_idx" ON "file"("request_id");

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE CASCADE ON UPDATE CASCADE;
