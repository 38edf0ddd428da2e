// Golden outputs for Keras' semantics, from TensorFlow.js (pure JavaScript backend, float32). See README.md.
// tf.layers.lstm's default recurrentActivation is hardSigmoid: it is set to Keras' sigmoid here.
'use strict';
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs');

// A linear congruential generator of 32 bits (Numerical Recipes): enough for weights of a fixture, the same on every run.
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(2 * (state / 4294967296) - 1);
  };
}

function save(file, metadata, tensors) {
  const header = { __metadata__: metadata };
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
  const inputs = 2, outputs = 2, sequences = 3, steps = 9;
  const layers = [{ units: 5 }, { units: 4, bidirectional: true }, { units: 3, bidirectional: true }, { units: 6 }];
  const random = uniform(2024);

  const model = tf.sequential();
  layers.forEach(({ units, bidirectional }, n) => {
    const shape = n === 0 ? { inputShape: [null, inputs] } : {};
    const lstm = { units, activation: 'tanh', recurrentActivation: 'sigmoid', returnSequences: true };
    model.add(bidirectional
      ? tf.layers.bidirectional({ layer: tf.layers.lstm(lstm), mergeMode: 'concat', ...shape })
      : tf.layers.lstm({ ...lstm, ...shape }));
  });
  model.add(tf.layers.timeDistributed({ layer: tf.layers.dense({ units: outputs }) }));

  const tensors = [];
  model.layers.forEach((layer, n) => {
    const bidirectional = n < layers.length && layers[n].bidirectional;
    const parts = n < layers.length ? ['kernel', 'recurrent_kernel', 'bias'] : ['kernel', 'bias'];
    const prefixes = n === layers.length ? ['dense.']
      : bidirectional ? [`lstm_${n + 1}.forward.`, `lstm_${n + 1}.backward.`] : [`lstm_${n + 1}.`];
    const names = prefixes.flatMap(prefix => parts.map(part => 'weights/' + prefix + part));
    const values = layer.getWeights().map((weight, w) => {
      const array = Array.from({ length: weight.size }, () => Math.fround(0.8 * random()));
      tensors.push([names[w], weight.shape, array]);
      return tf.tensor(array, weight.shape);
    });
    layer.setWeights(values);
  });

  const x = Array.from({ length: sequences * steps * inputs }, random);
  const y = await model.predict(tf.tensor(x, [sequences, steps, inputs])).data();
  save('keras-5-4b-3b-6.safetensors', {
    inputs: String(inputs),
    layers: layers.map(({ units, bidirectional }) => `${units}${bidirectional ? 'b' : ''}`).join(' '),
    outputs: String(outputs),
    sequences: String(sequences),
    time_steps: String(steps),
    made_by: `keras.js, TensorFlow.js ${tf.version.tfjs}, float32`,
  }, [['input', [sequences, steps, inputs], x], ['output', [sequences, steps, outputs], y], ...tensors]);
  console.log(`keras-5-4b-3b-6: first output ${y[0]}`);
}

tf.setBackend('cpu').then(main);
