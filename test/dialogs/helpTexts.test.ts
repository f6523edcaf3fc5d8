import { describe, expect, test } from 'vitest'
import { subjects } from '../../src/dialogs/helpSubjects.ts'
import { helpDoors, helpText } from '../../src/dialogs/helpTexts.ts'
import { type ChannelPolicy, channelPolicies } from '../../src/domain/channelPolicy.ts'
import { languages } from '../../src/domain/language.ts'
import { readConfig } from '../../src/infra/config.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')

function told(subject: (typeof subjects)[number], env: Record<string, string> = {}, policy: ChannelPolicy = 'full') {
  const { rules } = readConfig(env)
  return helpText(subject, { rules, policy }).map((text) => words.plain('ru', text))
}

describe('a link in help', () => {
  test.each([
    ['payOnline', { PAY_ONLINE_URL: 'https://erc.example/pay' }],
    ['frisbi', { FRISBI_URL: 'https://erc.example/frisbi' }],
    ['pages', { COMMUNITY_VK_URL: 'https://vk.com/erc' }],
    ['pages', { COMMUNITY_OK_URL: 'https://ok.ru/erc' }],
    ['specialists', { COMMUNITY_OK_URL: 'https://ok.ru/erc' }],
    ['login', { CABINET_URL: 'https://erc.example/lk' }],
  ] as const)('of «%s» is the one that is set (%j), and there is none when it is not', (subject, env) => {
    const [url = ''] = Object.values(env)
    expect(told(subject, env).join('\n')).toContain(url)
    expect(told(subject).join('\n')).not.toMatch(/https?:/)
  })
})

test.each(channelPolicies)('where the policy is %s help sends nobody to what is not shown', (policy) => {
  const account = told('account', {}, policy).join('\n')
  const { rules } = readConfig({})
  const doors = helpDoors('account', { rules, policy }).map(({ means }) => JSON.stringify(means))
  expect(account.includes('Нажмите в меню «Начисления»')).toBe(policy === 'full' || policy === 'masked')
  expect(/начислени|квитанци[юя] в PDF|кабинет/.test(account)).toBe(policy !== 'off')
  expect(doors.some((door) => /charges|receipt/.test(door))).toBe(policy !== 'off')
})

test.each(languages)('every subject has a title and a short text in %s', (language) => {
  const { rules } = readConfig({})
  for (const subject of subjects) {
    expect(words.plain(language, { key: `help.${subject}Title` }).length).toBeLessThanOrEqual(30)
    const text = helpText(subject, { rules, policy: 'full' }).map((one) => words.plain(language, one))
    expect(text.join('\n\n').length, subject).toBeLessThan(640)
  }
})
