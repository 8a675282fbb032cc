/** Who is at the door, by the code of his phone: with his photo where he consented to one, which the journal then says. */
import type { BadgeView } from './pages/badge-page.ts'
import { actAs } from '../kernel/act-as.ts'
import { residentCaller } from '../kernel/context.ts'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { checkBadge, openPhotos } from '../identity/door.ts'

/** @param code as it was typed or scanned; a number as it is printed is answered without any photo */
export async function answerAtDoor(ground: Ground, code: string): Promise<BadgeView> {
  const answer = await checkBadge(sourceOf(ground), ground.settings, code)
  if (!('endsWith' in answer)) return answer
  const { pictured, ...shown } = answer
  if (pictured === null) return { ...shown, photo: '' }
  const { accountId, countyCode } = pictured
  const photos = await actAs(ground, residentCaller(countyCode), 'resident:badge-photo', (ctx) =>
    openPhotos(ctx, [accountId], 'door'),
  )
  return { ...shown, photo: photos.get(accountId)?.toString('base64') ?? '' }
}
