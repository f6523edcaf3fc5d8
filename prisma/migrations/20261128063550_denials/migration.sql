-- CreateTable
CREATE TABLE "denial" (
    "account_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "denial_pkey" PRIMARY KEY ("account_id")
);

-- AddForeignKey
ALTER TABLE "denial" ADD CONSTRAINT "denial_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Denials that an older release has noted in the links only.
INSERT INTO "denial" ("account_id", "at")
SELECT "account_id", max("removed_at") FROM "link" WHERE "removed_why" = 'denied' GROUP BY "account_id";
