/** Opens the page of a follow code as a browser does: the code is sent as a form, and the cookie brings the page. */
import type { World } from './world.ts'

export async function openFollowed(world: Pick<World, 'app'>, code: string): Promise<string> {
  const sent = await sendForm(world, '/follow', { code })
  if (sent.statusCode !== 303) return sent.body
  const cookies = Object.fromEntries(sent.cookies.map((c) => [c.name, c.value]))
  return (await world.app.inject({ url: sent.headers['location']!, cookies })).body
}

/** Sends what stands in a form of a page, as a browser does. */
export const sendForm = (world: Pick<World, 'app'>, url: string, values: Readonly<Record<string, string>>) =>
  world.app.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(values).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
