import { batchApis } from '../contract/apis.ts';
import type { Contract } from '../contract/contract.ts';
import { reportSchemas } from '../contract/field-table.ts';
import { shapeOf } from '../contract/report-judge.ts';
import { reportShapes } from '../contract/shapes.ts';

/** The shape of one report of each batch API. Its types are those of our own contract: a contract of a lender's own may know more. */
export type Shapes = typeof reportShapes;

/** What the sandbox takes: the contract of those who use it. */
export function shapesOf({ knowledge }: Contract): Shapes {
  const own = batchApis.filter((api) => knowledge[api].schema === reportSchemas[api]);
  if (own.length === batchApis.length) return reportShapes;
  const others = batchApis.filter((api) => !own.includes(api));
  return {
    ...reportShapes,
    ...Object.fromEntries(others.map((api) => [api, shapeOf(knowledge[api].schema)])),
  } as Shapes;
}
