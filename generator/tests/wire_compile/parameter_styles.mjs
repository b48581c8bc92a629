// Writes the first columns of parameter_styles.tsv: what swagger-client sends for each parameter, seen by a server on
// the loopback. The columns about where we differ are written by hand.
//
//     npm install swagger-client@3.37.3
//     node parameter_styles.mjs > parameter_styles.tsv
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import SwaggerClient from 'swagger-client';

const require = createRequire(import.meta.url);
const { version } = require('swagger-client/package.json');

const values = {
  string: ['a', 'a b', 'a,b;c=d', 'a/b?c#d&e+f', '50%', 'é€', '', '[x]|{y}', "~-._!*'()", '"q"\\'],
  integer: [0, -12],
  boolean: [true, false],
  array: [['a'], ['a', 'b c'], ['a,b', 'c'], ['é', '%', '&='], [''], [], ['x|y', 'z;w'], ['.', '/']],
  object: [{ G: '200', R: '100' }, { 'a b': 'c d' }, { k: 'v,w', 'x=y': 'z&é' }, { k: '' }, {}],
};
const all = Object.keys(values);
values.nested = [{ l: ['x', 'y z'] }, { o: { p: 'q&r' } }, { l: [{ a: '1' }] }, { a: 1, b: true }];
const kinds = [
  ['path', 'simple', [false, true], all],
  ['path', 'label', [false, true], all],
  ['path', 'matrix', [false, true], all],
  ['query', 'form', [false, true], all],
  ['query', 'spaceDelimited', [false, true], ['array']],
  ['query', 'pipeDelimited', [false, true], ['array']],
  ['query', 'deepObject', [true], ['object']],
  ['query', 'spaceDelimited', [false, true], ['object', 'nested']],
  ['query', 'pipeDelimited', [false, true], ['object', 'nested']],
  ['query', 'deepObject', [true], ['nested', 'array']],
  ['query', 'form', [false, true], ['nested']],
  ['header', 'simple', [false, true], all],
  ['cookie', 'form', [false, true], all],
];

function schema(type) {
  if (type === 'array') return { type, items: { type: 'string' } };
  if (type === 'object') return { type, additionalProperties: { type: 'string' } };
  if (type === 'nested') return { type: 'object', additionalProperties: true };
  return { type };
}

let seen;
const server = createServer((request, response) => {
  const cookies = request.rawHeaders.filter((_, index) => request.rawHeaders[index - 1]?.toLowerCase() === 'cookie' && index % 2);
  const header = request.rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'x-p');
  const [path, query] = request.url.split('?');
  seen = { path: path.slice(1), query, header: header < 0 ? undefined : request.rawHeaders[header + 1], cookie: cookies[0] };
  response.writeHead(204).end();
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const url = `http://127.0.0.1:${server.address().port}`;

console.log(`# swagger-client ${version}`);
for (const [location, style, explodes, types] of kinds)
  for (const explode of explodes)
    for (const type of types) {
      const name = location === 'header' ? 'X-P' : 'p';
      const parameter = { name, in: location, required: true, style, explode, schema: schema(type) };
      const path = location === 'path' ? '/{p}' : '/';
      const operation = { operationId: 'op', parameters: [parameter], responses: { 204: { description: 'ok' } } };
      const spec = { openapi: '3.0.3', info: { title: 't', version: '1' }, servers: [{ url }], paths: { [path]: { get: operation } } };
      for (const value of values[type]) {
        seen = undefined;
        let sent;
        try {
          await SwaggerClient.execute({ spec, operationId: 'op', parameters: { [name]: value } });
          sent = seen?.[location] === undefined ? 'nothing' : JSON.stringify(seen[location]);
        } catch (error) {
          sent = 'refused';
        }
        console.log([location, style, explode, type, JSON.stringify(value), sent].join('\t'));
      }
    }
server.close();
