/** What somebody is told once a desk wiped a phone of his, and with it all that he had opened on phones. */
import type { Me } from '@fengge/domain/identity/contract'
import { showTime } from './time.ts'

export const saidOfPhones = ({ at, phone }: NonNullable<Me['phonesEnded']>): readonly [zh: string, en: string] => [
  `${showTime(at)}，您的手机“${phone}”被清除，您在各部手机上的登录已同时结束，需重新登录。如果不是您报失的，请马上联系村（社区）。`,
  `On ${showTime(at)} your phone “${phone}” was wiped, and all that you had opened on phones ended: sign in anew. If you did not report it lost, tell the desk at once.`,
]
