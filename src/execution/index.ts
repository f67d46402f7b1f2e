export {
  type AlmgrenChriss,
  type AlmgrenChrissFrontierOptions,
  type AlmgrenChrissOptions,
  type AlmgrenChrissPoint,
  almgrenChriss,
  almgrenChrissFrontier,
} from './almgren-chriss.js';
export { type IcebergOptions, iceberg } from './iceberg.js';
export {
  type ExecutionFill,
  type ImplementationShortfall,
  type ImplementationShortfallOptions,
  implementationShortfall,
  type Slippage,
  type SlippageOptions,
  slippage,
} from './implementation-shortfall.js';
export {
  advanceOrder,
  type Order,
  type OrderEvent,
  type OrderStatus,
  type PlaceOrderOptions,
  placeOrder,
} from './order.js';
export { Participation, type ParticipationOptions, participation } from './participation.js';
export {
  type BookLevel,
  type Route,
  type RoutedChild,
  type RouteOptions,
  route,
  type Venue,
} from './route.js';
export { type TwapOptions, twap, type VwapOptions, vwap } from './twap.js';
export { type VolumeHistory, type VolumeProfileOptions, volumeProfile } from './volume-profile.js';
