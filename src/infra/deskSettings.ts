import { z } from 'zod'
import { type ChannelPolicy, channelPolicies } from '../domain/channelPolicy.ts'
import type { DeskRules } from '../domain/deskRules.ts'
import { parsed, specialDays, telegramToken, wholeNumber } from './settingShapes.ts'

/** The staff's bot and its forums. */
export interface DeskSettings {
  token: string
  apiRoot: string
  forums: readonly string[]
  /** Messages a minute that a forum takes. */
  messagesPerMinute: number
}

const forumIds = (given: string): readonly string[] | undefined => {
  const ids = given.split(',').map((id) => id.trim())
  return ids.every((id) => /^-100\d+$/.test(id)) ? ids : undefined
}

const minutes = (otherwise: number) => wholeNumber(otherwise, { description: 'minutes, a whole number from 1' })

const days = 'days and their hours such as 2026-12-31=08:00-16:00;2027-01-01='

/** Consultants' bot and forums, and how they work. */
export const deskShape = {
  CONSULTANTS_TOKEN: telegramToken,
  CONSULTANTS_CHAT_ID: parsed(forumIds, 'ids of forum supergroups such as -1001234567890, comma-separated').optional(),
  CONSULTANTS_MESSAGES_PER_MINUTE: wholeNumber(20, { digits: 6 }),
  CONSULTANTS_DAYS: parsed(specialDays, days).optional(),
  CONSULTANTS_CHATS: wholeNumber(8),
  CONSULTANTS_REMIND_MINUTES: minutes(5),
  CONSULTANTS_BACK_MINUTES: minutes(10),
  CONSULTANTS_ALARM_MINUTES: minutes(15),
  CONSULTANTS_SILENCE_MINUTES: minutes(20),
  CONSULTANTS_GRACE_MINUTES: minutes(30),
  CONSULTANTS_LATE_MINUTES: minutes(10),
  CONSULTANTS_TALK_MINUTES: minutes(7),
  CHANNEL_POLICY_CONSULTANTS: z.enum(channelPolicies).default('full').describe(channelPolicies.join(', ')),
}

const whole = z.object(deskShape)
type Given = z.infer<typeof whole>

export function deskOf(env: Given, apiRoot: string): DeskSettings | undefined {
  const { CONSULTANTS_TOKEN: token, CONSULTANTS_CHAT_ID: forums } = env
  if (token === undefined || forums === undefined) return undefined
  return { token, apiRoot, forums, messagesPerMinute: env.CONSULTANTS_MESSAGES_PER_MINUTE }
}

export function deskRulesOf(env: Given): DeskRules {
  const policy: ChannelPolicy = env.CHANNEL_POLICY_CONSULTANTS
  return {
    days: env.CONSULTANTS_DAYS ?? new Map(),
    mostChats: env.CONSULTANTS_CHATS,
    remindMinutes: env.CONSULTANTS_REMIND_MINUTES,
    backMinutes: env.CONSULTANTS_BACK_MINUTES,
    alarmMinutes: env.CONSULTANTS_ALARM_MINUTES,
    silenceMinutes: env.CONSULTANTS_SILENCE_MINUTES,
    graceMinutes: env.CONSULTANTS_GRACE_MINUTES,
    lateMinutes: env.CONSULTANTS_LATE_MINUTES,
    talkMinutes: env.CONSULTANTS_TALK_MINUTES,
    policy,
  }
}
