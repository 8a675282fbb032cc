/** A photo as a phone sends it, larger than what is kept, with words of its camera in it. */
import sharp from 'sharp'

/** What the camera wrote into it. */
export const cameraWords = 'CAMERA-OF-SOMEBODY'

export const drawFace = async (): Promise<string> => {
  const photo = sharp({ create: { width: 900, height: 1200, channels: 3, background: '#8a6f5c' } })
  const bytes = await photo
    .withExif({ IFD0: { Model: cameraWords } })
    .jpeg()
    .toBuffer()
  return bytes.toString('base64')
}
