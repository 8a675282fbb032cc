/** What is sealed of a key population is opened as it is in life: its keeper asks, the duty chief agrees. */
import { askCare, decideCare } from '@fengge/domain/registry/care/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import type { World } from './world.ts'

/** @returns the id of the request */
export async function openCare(world: Pick<World, 'ask'>, overlayId: string): Promise<string> {
  const id = freshId()
  await world.ask(askCare, 'keeper', { id, overlayId, purpose: 'visit', note: '走访前了解情况' })
  await world.ask(decideCare, 'chief', { id, isAgreed: true })
  return id
}
