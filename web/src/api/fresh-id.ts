import { composeId } from '@fengge/domain/kernel/id'

/** A UUIDv7 made on the device, so that a repeated send is the same act. */
export function freshId(): string {
  return composeId(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
