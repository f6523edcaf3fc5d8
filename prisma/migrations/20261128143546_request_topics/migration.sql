-- CreateIndex
CREATE INDEX "request_topic_id_idx" ON "request"("topic_id");

-- CreateIndex
CREATE INDEX "request_hand_off_id_idx" ON "request"("hand_off_id");
