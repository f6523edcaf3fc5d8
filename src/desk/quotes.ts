/**
 * Whoever answers a message names it by its platform's id where he is (`body.repliesTo`). Which line that is, is looked for when his words are shown on
 * the other side: what he answers may have been shown a moment ago, and not be noted yet.
 */

/** The line that a message of a resident's chat is: his own words, or what he was shown of a consultant's, as it was said first. (SQL) */
export const lineInChat = (topic: string, chat: string, message: string): string =>
  `CASE WHEN ${message} IS NOT NULL THEN (
     SELECT CASE WHEN q.author = 'consultant' THEN coalesce((q.body ->> 'edits')::bigint, q.id) ELSE q.id END
     FROM desk_line q JOIN hand_off qh ON qh.id = q.hand_off_id
     LEFT JOIN outbox qo ON qo.chat = q.chat AND qo.revision = q.revision AND ${message} = ANY (qo.messages)
     WHERE qh.topic_id = ${topic} AND q.chat = ${chat} AND (q.message = ${message} OR qo.chat IS NOT NULL)
     ORDER BY q.part = array_position(qo.messages, ${message}) DESC NULLS LAST, q.id DESC LIMIT 1) END`

/** The line that a message of a topic is: of lines that were merged into it the last one of the resident's. (SQL) */
export const lineInTopic = (topic: string, message: string): string =>
  `CASE WHEN ${message} IS NOT NULL THEN (
     SELECT q.id FROM desk_line q JOIN hand_off qh ON qh.id = q.hand_off_id
     WHERE qh.topic_id = ${topic} AND q.author IN ('resident', 'consultant')
       AND (q.staff_message = ${message} OR EXISTS (SELECT FROM desk_post qp WHERE qp.line = q.id AND ${message} = ANY (qp.messages)))
     ORDER BY q.staff_message = ${message} DESC NULLS LAST, q.author = 'resident' DESC, q.id DESC LIMIT 1) END`
