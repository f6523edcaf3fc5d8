-- CreateTable
CREATE TABLE "charge_month" (
    "id" BIGSERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "opening_kopecks" BIGINT NOT NULL,
    "paid_kopecks" BIGINT NOT NULL,
    "penalty_kopecks" BIGINT NOT NULL,
    "closing_kopecks" BIGINT NOT NULL,
    "due_date" DATE,
    "mismatches" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "digest" UUID NOT NULL,
    "imported_from" TEXT NOT NULL,

    CONSTRAINT "charge_month_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "charge" (
    "month_id" BIGINT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "service" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "supplier" TEXT,
    "unit" TEXT,
    "volume" BIGINT,
    "basis" TEXT,
    "tariff" BIGINT,
    "accrued_kopecks" BIGINT NOT NULL,
    "multiplier_kopecks" BIGINT NOT NULL,
    "recalculation_kopecks" BIGINT NOT NULL,
    "recalculation_reason" TEXT,
    "benefit_kopecks" BIGINT NOT NULL,
    "total_kopecks" BIGINT NOT NULL,

    CONSTRAINT "charge_pkey" PRIMARY KEY ("month_id","ordinal")
);

-- CreateTable
CREATE TABLE "payment" (
    "id" TEXT NOT NULL,
    "account_id" INTEGER NOT NULL,
    "paid_at" DATE NOT NULL,
    "posted_at" DATE,
    "amount_kopecks" BIGINT NOT NULL,
    "channel" TEXT,
    "period" TEXT,
    "imported_from" TEXT NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "charge_month_account_id_period_kind_key" ON "charge_month"("account_id", "period", "kind");

-- CreateIndex
CREATE INDEX "payment_account_id_paid_at_idx" ON "payment"("account_id", "paid_at");

-- AddForeignKey
ALTER TABLE "charge_month" ADD CONSTRAINT "charge_month_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_month_id_fkey" FOREIGN KEY ("month_id") REFERENCES "charge_month"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
