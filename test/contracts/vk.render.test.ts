import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Call, render } from '../../bots/vk/render.ts'
import { randomId } from '../../bots/vk/send.ts'
import { anyShow, show, wholeCase, words } from './anyOutgoing.ts'
import { vkViolations } from './violations.ts'

const chat = 'vk:77'
const button = { label: 'Меню', token: '1.0' }
const row = (count: number) => Array.from({ length: count }, (_, at) => ({ label: `Выбор ${at}`, token: `1.${at}` }))

const old = { textButtonsOnly: true } as const
const isOldClient = fc.constantFrom({}, old)

describe('what VK is asked for', () => {
  it('never passes a limit, whatever is to be shown and to whatever client', () => {
    fc.assert(
      fc.property(anyShow, isOldClient, (outgoing, client) => {
        for (const call of render(chat, { ...outgoing, ...client })) expect(vkViolations(call)).toEqual([])
      }),
      wholeCase,
    )
  })

  it('keeps every word of a text, in order', () => {
    fc.assert(
      fc.property(anyShow, (outgoing) => {
        const plain = { ...outgoing, text: { ...outgoing.text, spans: [] } }
        const shown = render(chat, plain).map((call) => (call.kind === 'message' ? call.text : ''))
        const sound = outgoing.text.text.replace(/\p{Surrogate}/gu, '\uFFFD')
        expect(words(shown.join('')).replace(/^…$/, '')).toBe(words(sound).replace(/^…$/, ''))
      }),
      wholeCase,
    )
  })

  it('keeps every button and every file, in order', () => {
    fc.assert(
      fc.property(anyShow, isOldClient, (outgoing, client) => {
        const messages = render(chat, { ...outgoing, ...client }).flatMap((call) =>
          call.kind === 'message' ? [call] : [],
        )
        expect(messages.flatMap((call) => call.files)).toEqual(outgoing.files)
        const tokens = messages.flatMap((call) => keyboard(call).buttons.flat().map(tokenOf))
        expect(tokens).toEqual(outgoing.buttons.flat().map((one) => one.token))
      }),
      wholeCase,
    )
  })

  it.each([
    ['eight choices, «Назад» and «Меню», a row each', Array.from({ length: 10 }, () => [button]), [2, 2, 2, 2, 1, 1]],
    ['eight choices a row each and both ways in one', [...row(8).map((one) => [one]), row(2)], [2, 2, 2, 2, 2]],
    ['one row of ten', [row(10)], [1, 1, 1, 1, 1, 5]],
    ['what fits stays as it is', [[button], row(2), row(3)], [1, 2, 3]],
  ])('packs too many rows into six: %s', (_, buttons, expected) => {
    const [call] = render(chat, show('Выберите', { buttons }))
    expect(keyboard(call).buttons.map((line) => line.length)).toEqual(expected)
  })

  it('gives an old client text buttons that go after use, and takes them away with the next screen', () => {
    const [withButtons] = render(chat, show('Выберите', { buttons: [[button]], replaces: '5', ...old }))
    expect(keyboard(withButtons)).toEqual({
      one_time: true,
      buttons: [[{ action: { type: 'text', label: 'Меню', payload: '{"t":"1.0"}' } }]],
    })
    expect(withButtons).not.toHaveProperty('edits')
    const [without] = render(chat, show('Готово', old))
    expect(keyboard(without)).toEqual({ one_time: false, buttons: [] })
  })

  it('shows the address of a link behind its words, once', () => {
    const text = 'Оплатить здесь или на https://a.example'
    const spans = [
      { style: 'bold' as const, at: 0, length: 8 },
      { style: 'link' as const, url: 'https://b.example', at: 9, length: 5 },
      { style: 'link' as const, url: 'https://a.example', at: 22, length: 17 },
    ]
    const [call] = render(chat, { ...show(''), text: { text, spans } })
    expect(call).toMatchObject({ text: 'Оплатить здесь (https://b.example) или на https://a.example' })
  })

  it('cannot take away what a resident wrote', () => {
    expect(render(chat, { kind: 'erase', message: '5' })).toEqual([])
  })

  it('knows a message by an id of 31 bits, the same at every try, another for every part', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(20), (id, part) => {
        const random = randomId(id, part)
        expect(random).toBe(randomId(id, part))
        expect(random).not.toBe(randomId(id, part + 1))
        expect(random).toBeGreaterThan(0)
        expect(random).toBeLessThan(2 ** 31)
      }),
      wholeCase,
    )
  })
})

interface Keyboard {
  one_time: boolean
  inline?: boolean
  buttons: { action: { type: string; label: string; payload: string } }[][]
}

function keyboard(call: Call | undefined): Keyboard {
  return call?.kind === 'message' && call.keyboard ? JSON.parse(call.keyboard) : { one_time: false, buttons: [] }
}

const tokenOf = (one: Keyboard['buttons'][0][0]): string => JSON.parse(one.action.payload).t
