// ONNX Runtime as a rival: computes the values of a case, then times inference as often as it is asked.
//
// usage: node onnxruntime.js CASE RESULTS inference THREADS      (../README.md tells the files and the conversation)
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const ort = require('onnxruntime-node');
const { version } = require('onnxruntime-node/package.json');

async function main() {
  const [folder, results, work, threads] = process.argv.slice(2);
  if (work !== 'inference') throw new Error('ONNX Runtime is here for inference only');
  const [inputs, , steps, sequences] = fs.readFileSync(path.join(folder, 'shape'), 'utf8').trim().split(/\s+/).map(Number);
  const bytes = fs.readFileSync(path.join(folder, 'input.f32'));
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const session = await ort.InferenceSession.create(path.join(folder, 'model.onnx'), {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    interOpNumThreads: 1,
    intraOpNumThreads: Number(threads),
  });
  const x = new ort.Tensor('float32', values, [sequences, steps, inputs]);
  const run = () => session.run({ x });

  const { y } = await run();
  fs.writeFileSync(path.join(results, 'output.f32'), new Uint8Array(y.data.buffer, y.data.byteOffset, y.data.byteLength));
  console.log(`ready ONNX Runtime ${version}`);

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const end = performance.now() + 1000 * Number(line);
    const times = [];
    do {
      const start = performance.now();
      await run();
      times.push(performance.now() - start);
    } while (performance.now() < end);
    times.sort((a, b) => a - b);
    console.log(times[times.length >> 1].toFixed(6));
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
