import { expect, test } from 'vitest'
import { detailTexts } from '../../src/desk/requests/detailTexts.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')
const shown = (details: Record<string, unknown>) =>
  detailTexts(details, { isHeld: true, policy: 'full' }).map((text) => words.plain('ru', text))

test('staff reads what was answered by a button as the resident read it, and which papers he has not', () => {
  expect(shown({ meter: 'HVS', where: 'у входа', installer: null, reading: '0' })).toEqual([
    'Счётчик: Холодная вода',
    'Где стоит: у входа',
    'Показания при установке: 0',
  ])
  expect(shown({ claimant: 'tenant', passport: 'given', tenancy: 'none' })).toEqual([
    'Кто подаёт: Наниматель (соцнаём)',
    'договор социального найма или ордер — нет',
  ])
})
