// Random weights of the original network in TensorFlow.js, which has Keras' semantics, and its output. See README.md.
// tf.layers.lstm's default recurrentActivation is hardSigmoid: it is set to Keras' sigmoid here.
'use strict';
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs');

// A linear congruential generator of 32 bits (Numerical Recipes): the same numbers on every run.
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(state / 4294967296);
  };
}

function save(file, tensors) {
  const header = { __metadata__: { made_by: `keras.js, TensorFlow.js ${tf.version.tfjs}, float32` } };
  let end = 0;
  for (const [name, shape, values] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, (end += 4 * values.length)] };
  }
  let text = JSON.stringify(header);
  text = text.padEnd(Math.ceil(text.length / 8) * 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const data = tensors.map(([, , values]) => Buffer.from(Float32Array.from(values).buffer));
  fs.writeFileSync(path.join(__dirname, file), Buffer.concat([length, Buffer.from(text), ...data]));
}

async function main() {
  const random = uniform(17);
  const model = tf.sequential();
  [64, 32, 64].forEach((units, n) => model.add(tf.layers.lstm({
    units, recurrentActivation: 'sigmoid', returnSequences: true, ...(n === 0 ? { inputShape: [null, 1] } : {}),
  })));
  model.add(tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 1 }) }));

  const tensors = [];
  for (const layer of model.layers) {
    layer.setWeights(layer.weights.map(weight => {
      const shape = weight.shape;
      const array = Array.from({ length: shape.reduce((product, n) => product * n, 1) }, () => Math.fround(0.25 * (2 * random() - 1)));
      tensors.push([weight.originalName, shape, array]);
      return tf.tensor(array, shape);
    }));
  }

  const x = Array.from({ length: 2 * 187 }, random);
  const y = await model.predict(tf.tensor(x, [2, 187, 1])).data();
  save('keras-weights.safetensors', tensors);
  save('keras-result.safetensors', [['input', [2, 187, 1], x], ['output', [2, 187, 1], y]]);
}

tf.setBackend('cpu').then(main);
