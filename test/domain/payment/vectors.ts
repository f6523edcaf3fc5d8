import type { Bill } from '../../../src/domain/payment/paymentCode.ts'
import { type BankAgreement, usualAgreement } from '../../../src/domain/payment/paymentCode.ts'
import type { Requisites } from '../../../src/domain/payment/requisites.ts'

interface Vector {
  requisites: Requisites
  bill: Bill
  agreement: BankAgreement
  text: string
  bytes: number
  sha256: string
}

/** A payee that does not exist; his numbers pass every check. */
export const requisites: Requisites = {
  Name: 'АО "Расчётный центр (пример)"',
  PersonalAcc: '40702810216000000042',
  BankName: 'Банк "Пример" г. Екатеринбург',
  BIC: '046599999',
  CorrespAcc: '30101810300000000999',
  PayeeINN: '6699000017',
  KPP: '669901001',
}

/** Two payment codes whose bytes are known. */
export const vectors: Record<'utf8' | 'windows1251', Vector> = {
  utf8: {
    requisites,
    bill: {
      account: '6601234567',
      period: '2026-03',
      dueKopecks: 993533,
      purpose: 'Оплата ЖКУ, ЛС 6601234567, 03.2026',
      further: {
        LastName: 'Иванов',
        FirstName: 'Иван',
        MiddleName: 'Иванович',
        PayerAddress: 'г. Екатеринбург, ул. 8 Марта, д. 120, кв. 45',
      },
    },
    agreement: usualAgreement,
    text: 'ST00012|Name=АО "Расчётный центр (пример)"|PersonalAcc=40702810216000000042|BankName=Банк "Пример" г. Екатеринбург|BIC=046599999|CorrespAcc=30101810300000000999|Sum=993533|Purpose=Оплата ЖКУ, ЛС 6601234567, 03.2026|PayeeINN=6699000017|KPP=669901001|LastName=Иванов|FirstName=Иван|MiddleName=Иванович|PayerAddress=г. Екатеринбург, ул. 8 Марта, д. 120, кв. 45|PersAcc=6601234567|PaymPeriod=032026|TechCode=02',
    bytes: 503,
    sha256: '266f6de9e7d1d50891aedd4a028678f5c6a469b167ae183261b5c6f9e9491cea',
  },
  windows1251: {
    requisites: { ...requisites, Name: 'ТСЖ "Север|Юг" (пример)' },
    bill: {
      account: '6601234567',
      period: '2026-03',
      dueKopecks: 77138,
      purpose: 'Взнос на капитальный ремонт, ЛС 6601234567',
    },
    agreement: {
      ...usualAgreement,
      encoding: 'windows-1251',
      keys: ['Purpose', 'PayeeINN', 'KPP', 'PersAcc', 'PaymPeriod'],
    },
    text: 'ST00011#Name=ТСЖ "Север|Юг" (пример)#PersonalAcc=40702810216000000042#BankName=Банк "Пример" г. Екатеринбург#BIC=046599999#CorrespAcc=30101810300000000999#Sum=77138#Purpose=Взнос на капитальный ремонт, ЛС 6601234567#PayeeINN=6699000017#KPP=669901001#PersAcc=6601234567#PaymPeriod=032026',
    bytes: 286,
    sha256: '2957d26c6e489bb37898d7097a847a601bd974e6ffe468fc92fbf3a2a76b6c78',
  },
}
