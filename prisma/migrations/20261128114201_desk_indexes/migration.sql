-- CreateIndex
CREATE INDEX "hand_off_topic_id_idx" ON "hand_off"("topic_id");

-- CreateIndex
CREATE INDEX "hand_off_take_from_idx" ON "hand_off_take"("from");
