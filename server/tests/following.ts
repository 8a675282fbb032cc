/** Opens the page of a follow code as a browser does: the code is sent as a form, and the cookie brings the page. */
import type { World } from './world.ts'

export async function openFollowed(world: Pick<World, 'app'>, code: string): Promise<string> {
  const sent = await world.app.inject({
    method: 'POST',
    url: '/follow',
    payload: new URLSearchParams({ code }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  if (sent.statusCode !== 303) return sent.body
  const cookies = Object.fromEntries(sent.cookies.map((c) => [c.name, c.value]))
  return (await world.app.inject({ url: sent.headers['location']!, cookies })).body
}
