import { expect, test } from 'vitest'
import { parsePromise } from '../../src/domain/requests/promise.ts'

/** Saturday, 28 November 2026, 14:30 in Yekaterinburg. */
const now = new Date('2026-11-28T09:30:00Z')
const parsed = (said: string) => {
  const found = parsePromise(said, now, 'Asia/Yekaterinburg')
  return found && [found.what, found.at.toISOString()]
}

test.each([
  ['перезвоню завтра в 10', 'перезвоню', '2026-11-29T05:00:00.000Z'],
  ['Завтра в 10 перезвоню', 'перезвоню', '2026-11-29T05:00:00.000Z'],
  ['перезвоню завтра в 10, если будет ответ', 'перезвоню если будет ответ', '2026-11-29T05:00:00.000Z'],
  ['проверить оплату по 2 счетам 30.11 9:00', 'проверить оплату по 2 счетам', '2026-11-30T04:00:00.000Z'],
  ['через час', '', '2026-11-28T10:30:00.000Z'],
  ['в понедельник', '', '2026-11-30T03:00:00.000Z'],
  ['позвоню к 6 вечера', 'позвоню', '2026-11-28T13:00:00.000Z'],
])('«%s»', (said, what, at) => {
  expect(parsed(said)).toEqual([what, at])
})

test.each([
  'перезвоню',
  'перезвоню по 2 счетам',
  'вчера в 10',
  'сегодня в 9',
  'сегодня в 9 перезвоню',
  '27.11 в 10',
  '',
])('is no promise: «%s»', (said) => {
  expect(parsed(said)).toBeUndefined()
})
