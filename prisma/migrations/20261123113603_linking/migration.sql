-- AlterTable
ALTER TABLE "account" ADD COLUMN     "activation_code_until" DATE;

-- AlterTable
ALTER TABLE "link" ADD COLUMN     "name" TEXT,
ADD COLUMN     "removed_why" TEXT;

-- CreateIndex
CREATE INDEX "account_activation_code_hash_idx" ON "account"("activation_code_hash");
