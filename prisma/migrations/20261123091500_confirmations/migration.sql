-- Numbers of confirmations (подтверждения), as residents read them out to a consultant.
CREATE SEQUENCE "confirmation_number" START 100001;

-- CreateIndex
CREATE INDEX "reading_replaces_id_idx" ON "reading"("replaces_id");
