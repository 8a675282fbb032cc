/** Endpoints of areas, grids, borders and the checks of the net. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay } from '../kernel/moments.ts'
import { Line } from '../kernel/text.ts'
import { foldingContract } from './folding-contract.ts'
import {
  changeRefusals,
  Drawn,
  drawnBytes,
  drawnValues,
  Households,
  LevelCode,
  netContract,
  netRefusals,
} from './net-contract.ts'
import {
  Datum,
  DedicatedKind,
  Finding,
  findingKinds,
  Geometry,
  LoadWeights,
  GridKind,
  Place,
  SizeNorm,
  Terrain,
  Tier,
} from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
export const listChildren = endpoint({
  name: 'listChildren',
  method: 'GET',
  path: '/api/places/children',
  duty: 'place.read',
  summary: '下级区域 Places below',
  ask: z.strictObject({ parentId: Id.optional(), on: AskedDay.optional() }),
  reply: z.strictObject({ places: z.array(Place) }),
  refusals: [],
})
export const searchPlaces = endpoint({
  name: 'searchPlaces',
  method: 'GET',
  path: '/api/places/search',
  duty: 'place.read',
  summary: '搜索区域（名称、拼音、编码） Search places',
  ask: z.strictObject({ text: z.string().max(40), tier: Tier.optional() }),
  reply: z.strictObject({
    places: z.array(
      z.strictObject({ id: Id, code: z.string(), name: z.string(), tier: Tier, trail: z.array(z.string()) }),
    ),
  }),
  refusals: [],
})
export const getPlace = endpoint({
  name: 'getPlace',
  method: 'GET',
  path: '/api/places/one',
  duty: 'place.read',
  summary: '区域详情 One place',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({
    place: Place,
    trail: z.array(z.strictObject({ id: Id, name: z.string() })),
    areaM2: z.number().nullable(),
    size: z.string(),
    history: z.array(
      z.strictObject({
        kind: z.string(),
        on: z.string(),
        fromNames: z.array(z.string()),
        toNames: z.array(z.string()),
      }),
    ),
    can: z.array(z.string()),
  }),
  refusals: ['place.unknown'],
})
export const getBorders = endpoint({
  name: 'getBorders',
  method: 'GET',
  path: '/api/places/borders',
  duty: 'place.read',
  summary: '导出边界 GeoJSON Borders as GeoJSON',
  ask: z.strictObject({ parentId: Id, datum: Datum.default('wgs84'), on: AskedDay.optional(), tier: Tier.optional() }),
  reply: z.strictObject({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }),
  refusals: ['place.unknown'],
})
export const locatePoint = endpoint({
  name: 'locatePoint',
  method: 'GET',
  path: '/api/places/locate',
  duty: 'place.read',
  summary: '坐标定位网格 Point to grid',
  ask: z.strictObject({
    lng: z.coerce.number().min(-180).max(180),
    lat: z.coerce.number().min(-90).max(90),
    datum: Datum.default('wgs84'),
  }),
  reply: z.strictObject({
    grid: z.strictObject({ id: Id, code: z.string(), name: z.string(), trail: z.array(z.string()) }).nullable(),
  }),
  refusals: [],
})
export const checkNet = endpoint({
  name: 'checkNet',
  method: 'GET',
  path: '/api/places/check',
  duty: 'place.read',
  summary: '网格体检 Check the net',
  ask: z.strictObject({
    parentId: Id,
    kind: z.enum(findingKinds).optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    size: z.coerce.number().int().min(1).max(500).default(500),
  }),
  /** A page of the findings of a kind, or of all; `counts` are of all, whatever page is asked for. */
  reply: z.strictObject({
    findings: z.array(Finding),
    total: z.int(),
    counts: z.array(z.strictObject({ kind: z.enum(findingKinds), n: z.int() })),
    checked: z.int(),
  }),
  refusals: ['place.unknown', 'border.invalid', 'border.too-much', 'border.busy'],
})
export const importAreas = endpoint({
  name: 'importAreas',
  method: 'POST',
  path: '/api/places/import-areas',
  bodyLimit: 8_000_000,
  duty: 'net.import',
  summary: '导入区划代码 CSV Import area codes',
  /** Of a province at the most: some thirty thousand areas. */
  ask: z.strictObject({ requestId: RequestId, csv: z.string().max(2_000_000), isTrial: z.boolean().default(false) }),
  reply: z.strictObject({
    added: z.int(),
    renamed: z.int(),
    unchanged: z.int(),
    errors: z.array(z.strictObject({ row: z.int(), column: z.string(), problem: z.string(), value: z.string() })),
  }),
  refusals: ['areas.rejected', 'file.broken', 'file.too-much', 'file.busy'],
  pace: 'heavy',
})
export const importBorders = endpoint({
  name: 'importBorders',
  method: 'POST',
  path: '/api/places/import-borders',
  bodyLimit: 2_000_000,
  mostValues: drawnValues,
  notesRefusals: true,
  duty: 'net.import',
  summary: '导入边界 GeoJSON Import borders',
  ask: z.strictObject({
    requestId: RequestId,
    datum: Datum,
    features: z
      .array(z.strictObject({ code: z.string().max(20), geometry: Geometry }))
      .min(1)
      .max(5000),
    validFrom: AskedDay,
  }),
  reply: z.strictObject({ saved: z.int(), findings: z.array(Finding) }),
  refusals: [...changeRefusals, 'border.holds-people'],
})
export const drawGrid = endpoint({
  name: 'drawGrid',
  method: 'POST',
  path: '/api/net/draw',
  bodyLimit: drawnBytes,
  mostValues: drawnValues,
  notesRefusals: true,
  duty: 'net.edit',
  summary: '新建网格 Draw a grid',
  ask: z.strictObject({
    requestId: RequestId,
    parentId: Id,
    grid: Drawn,
    datum: Datum.default('wgs84'),
    validFrom: AskedDay,
  }),
  reply: z.strictObject({ id: Id, code: z.string(), size: z.string() }),
  refusals: changeRefusals,
})
export const changeGrid = endpoint({
  name: 'changeGrid',
  method: 'POST',
  path: '/api/net/change',
  duty: 'net.edit',
  summary: '修改网格资料 Change a grid',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    version: z.int(),
    name: Line(50),
    kind: GridKind,
    dedicatedKind: DedicatedKind.nullable(),
    households: Households,
    people: Households,
    normReason: Line(200, 0).nullable(),
    /** Left out, it stays what it was. */
    terrain: Terrain.optional(),
  }),
  reply: Done,
  refusals: netRefusals,
})
export const getNorms = endpoint({
  name: 'getNorms',
  method: 'GET',
  path: '/api/net/norms',
  duty: 'place.read',
  summary: '规模标准 Size norms',
  ask: z.strictObject({ countyId: Id }),
  reply: z.strictObject({ norms: z.array(SizeNorm) }),
  refusals: [],
})
export const saveNorm = endpoint({
  name: 'saveNorm',
  method: 'POST',
  path: '/api/net/norm',
  duty: 'net.edit',
  summary: '设定规模标准 Set a size norm',
  ask: z.strictObject({ requestId: RequestId, countyId: Id, norm: SizeNorm }),
  reply: Done,
  refusals: [],
})
export const getWeights = endpoint({
  name: 'getWeights',
  method: 'GET',
  path: '/api/net/weights',
  duty: 'place.read',
  summary: '工作量权重（按日期） What makes a grid work beside its heads, dated',
  ask: z.strictObject({ countyId: Id }),
  reply: z.strictObject({ inForce: LoadWeights, history: z.array(LoadWeights) }),
  refusals: [],
})
export const saveWeights = endpoint({
  name: 'saveWeights',
  method: 'POST',
  path: '/api/net/save-weights',
  duty: 'net.edit',
  summary: '设定工作量权重 Set the weights from a day on',
  ask: z.strictObject({ requestId: RequestId, countyId: Id, weights: LoadWeights }),
  reply: Done,
  refusals: [],
})
export const importLayer = endpoint({
  name: 'importLayer',
  method: 'POST',
  path: '/api/net/layer',
  bodyLimit: 2_000_000,
  mostValues: drawnValues,
  notesRefusals: true,
  duty: 'net.edit',
  summary: '导入图层（警务区、部门网格、小区与沿街） Import a layer',
  ask: z.strictObject({
    requestId: RequestId,
    countyId: Id,
    layer: z.enum(['police-beat', 'department-grid', 'estate', 'street-front']),
    owner: Line(60),
    datum: Datum,
    features: z
      .array(
        z.strictObject({
          id: Id,
          name: Line(60),
          geometry: z.union([
            Geometry,
            z.strictObject({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }),
          ]),
        }),
      )
      .max(5000),
  }),
  reply: z.strictObject({ saved: z.int() }),
  refusals: ['border.invalid', 'border.too-much', 'border.busy', 'request.reused'],
})
export const listLevels = endpoint({
  name: 'listLevels',
  method: 'GET',
  path: '/api/places/levels',
  duty: 'place.read',
  summary: '层级 Levels',
  ask: z.strictObject({}),
  reply: z.strictObject({
    levels: z.array(
      z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string(), tier: Tier, ordinal: z.int() }),
    ),
  }),
  refusals: [],
})
export const saveLevel = endpoint({
  name: 'saveLevel',
  method: 'POST',
  path: '/api/places/level',
  duty: 'net.import',
  summary: '设置层级 Set a level of the tree',
  ask: z.strictObject({
    requestId: RequestId,
    code: LevelCode,
    name: Line(20),
    nameEn: Line(40),
    tier: z.enum(['grid', 'micro']),
    ordinal: z.int().min(60).max(79),
  }),
  reply: Done,
  refusals: ['level.fixed', 'level.order'],
})
export const placesContract = [
  listChildren,
  searchPlaces,
  getPlace,
  getBorders,
  locatePoint,
  checkNet,
  importAreas,
  importBorders,
  drawGrid,
  changeGrid,
  ...netContract,
  ...foldingContract,
  getNorms,
  saveNorm,
  getWeights,
  saveWeights,
  importLayer,
  listLevels,
  saveLevel,
]
