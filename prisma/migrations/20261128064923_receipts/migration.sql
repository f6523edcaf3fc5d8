-- CreateTable
CREATE TABLE "payee" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "personal_acc" TEXT NOT NULL,
    "bank_name" TEXT NOT NULL,
    "bic" TEXT NOT NULL,
    "corresp_acc" TEXT NOT NULL,
    "inn" TEXT,
    "kpp" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "site" TEXT,
    "imported_from" TEXT NOT NULL,

    CONSTRAINT "payee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipt_file" (
    "account_id" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "imported_from" TEXT NOT NULL,

    CONSTRAINT "receipt_file_pkey" PRIMARY KEY ("account_id","period","kind")
);

-- CreateIndex
CREATE INDEX "receipt_file_sha256_idx" ON "receipt_file"("sha256");

-- AddForeignKey
ALTER TABLE "receipt_file" ADD CONSTRAINT "receipt_file_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
