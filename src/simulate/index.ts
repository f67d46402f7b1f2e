export { type CointegratedPairOptions, cointegratedPair } from './cointegrated-pair.js';
export { type CointegratedTradesOptions, cointegratedTrades } from './cointegrated-trades.js';
export { type GeometricBrownianMotionOptions, geometricBrownianMotion } from './geometric-brownian-motion.js';
export { type OrnsteinUhlenbeckOptions, ornsteinUhlenbeck } from './ornstein-uhlenbeck.js';
export { type SimulatedTradesOptions, simulatedTrades, type TradeTape } from './simulated-trades.js';
