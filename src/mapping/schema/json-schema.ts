import { z } from 'zod';
import { type Api, apis } from '../../contract/apis.ts';
import { type Contract, ownContract } from '../../contract/contract.ts';
import { ApiSchema } from './api-schema.ts';
import { plainSchemas, type Schema } from './plain-schemas.ts';
import { shareSchemas } from './share-schemas.ts';

/** The schema of mapping files for editors: JSON schema, draft 7, one part for each API. */
function mappingSchema(contract: Contract = ownContract): Schema {
  const plain = plainSchemas();
  const definitions: Schema = {};
  for (const api of apis) Object.assign(definitions, new ApiSchema(api, plain, contract).definitions());
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...shareSchemas({ ...chooseApi(apis, keysOf(plain.mapping)), definitions }),
  };
}

/** The schema as a file: one definition a line, so that it is small, and a change shows in the definitions it touches. */
export function mappingSchemaText(contract: Contract = ownContract): string {
  const { definitions, ...schema } = mappingSchema(contract);
  const head = Object.entries(schema).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const lines = Object.entries(definitions ?? {}).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  return `{\n${head.join(',\n')},\n"definitions": {\n${lines.join(',\n')}\n}\n}\n`;
}

/** One API after the other, so that a mistake is told once; while no API is named, only the keys are known. */
function chooseApi([api, ...others]: readonly Api[], keys: Schema): Schema {
  // A mapping that extends another has its API from there.
  if (api === undefined)
    return {
      type: 'object',
      properties: { ...keys, api: { enum: [...apis] } },
      anyOf: [{ required: ['api'] }, { required: ['extends'] }],
    };
  return {
    if: { properties: { api: { const: api } }, required: ['api'] },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON schema
    then: { $ref: `#/definitions/${api}` },
    else: chooseApi(others, keys),
  };
}

/** The keys of a mapping with their words, whatever they hold. */
function keysOf({ properties }: Schema): Schema {
  const { data = {} } = z.record(z.string(), z.object({ description: z.string() })).safeParse(properties);
  return data;
}
