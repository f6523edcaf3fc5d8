-- CreateTable
CREATE TABLE "drawn_document" (
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "resident_id" UUID,
    "account_id" INTEGER NOT NULL,
    "from_period" TEXT NOT NULL DEFAULT '',
    "to_period" TEXT NOT NULL DEFAULT '',
    "shows" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "drawn_on" DATE NOT NULL,
    "valid_until" DATE NOT NULL,
    "digest" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drawn_document_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE UNIQUE INDEX "drawn_document_resident_id_account_id_kind_from_period_to_p_key" ON "drawn_document"("resident_id", "account_id", "kind", "from_period", "to_period", "shows", "language", "drawn_on", "digest");

-- AddForeignKey
ALTER TABLE "drawn_document" ADD CONSTRAINT "drawn_document_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Numbers of six digits: nobody takes the first one for the only one.
ALTER SEQUENCE "drawn_document_number_seq" RESTART WITH 100001;

-- Nothing is certified of a time to come, nor holds before it is there.
ALTER TABLE "drawn_document" ADD CONSTRAINT "drawn_document_days" CHECK ("as_of" <= "drawn_on" AND "drawn_on" <= "valid_until");
ALTER TABLE "drawn_document" ADD CONSTRAINT "drawn_document_shows" CHECK ("shows" IN ('full', 'nameless', 'masked'));
