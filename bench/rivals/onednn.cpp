// oneDNN as a rival: computes the values of a case, then answers requests for times.
//
// usage: onednn CASE RESULTS training|inference THREADS      (files and protocol: ../README.md)
// Debian: apt-get install g++ libdnnl-dev;  g++ -O2 -march=native onednn.cpp -ldnnl -o onednn
//
// Only the LSTM layers are timed, without dense layer, loss and Adam, so it does less work than the others. Dense layer and loss are computed
// once, in plain loops, for the values.
// The gate order is that of Keras (i, f, c, o); ldigo weights [D][I][4][H] are the kernels of Keras one after the other.
#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include <dnnl.hpp>
#include <omp.h>

using dnnl::memory;
using Values = std::vector<float>;
using Arguments = std::unordered_map<int, memory>;

struct Shape {
    struct Layer {
        int units;
        bool bidirectional;
    };
    int inputs, outputs, steps, sequences;
    std::vector<Layer> layers;
};

static Values read(const std::string &path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) throw std::runtime_error("cannot read " + path);
    Values values(static_cast<size_t>(file.tellg()) / sizeof(float));
    file.seekg(0);
    file.read(reinterpret_cast<char *>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
    return values;
}

static void write(const std::string &path, const float *values, size_t count) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char *>(values), static_cast<std::streamsize>(count * sizeof(float)));
    if (!file) throw std::runtime_error("cannot write " + path);
}

static Shape read_shape(const std::string &path) {
    std::ifstream file(path);
    Shape shape{};
    file >> shape.inputs >> shape.outputs >> shape.steps >> shape.sequences;
    for (std::string word; file >> word;) shape.layers.push_back({std::stoi(word), word.back() == 'b'});
    if (shape.layers.empty()) throw std::runtime_error("cannot read " + path);
    return shape;
}

static float *data(const memory &m) { return static_cast<float *>(m.get_data_handle()); }
static void fill(const memory &m, const Values &values) { std::copy(values.begin(), values.end(), data(m)); }
static void clear(const memory &m) { std::memset(m.get_data_handle(), 0, m.get_desc().get_size()); }

/// One layer of one or two directions, over [T, B, channels].
class Layer {
public:
    Layer(const dnnl::engine &engine, const Shape &shape, size_t index, int inputs, bool training, const std::string &folder)
        : training_(training), units_(shape.layers[index].units), inputs_(inputs), directions_(shape.layers[index].bidirectional ? 2 : 1) {
        for (const char *direction : {".forward", ".backward"}) {
            if (directions_ == 2) names_.push_back("lstm_" + std::to_string(index + 1) + direction);
        }
        if (directions_ == 1) names_.push_back("lstm_" + std::to_string(index + 1));

        using tag = memory::format_tag;
        const auto type = memory::data_type::f32;
        const auto way = directions_ == 2 ? dnnl::rnn_direction::bidirectional_concat : dnnl::rnn_direction::unidirectional_left2right;
        const memory::desc none;
        const memory::dims kernel_dims{1, directions_, inputs, 4, units_}, recurrent_dims{1, directions_, units_, 4, units_};
        const memory::desc source({shape.steps, shape.sequences, inputs}, type, tag::tnc);
        const memory::desc destination({shape.steps, shape.sequences, directions_ * units_}, type, tag::tnc);
        const memory::desc any_kernel(kernel_dims, type, tag::any), any_recurrent(recurrent_dims, type, tag::any);
        const memory::desc plain_kernel(kernel_dims, type, tag::ldigo), plain_recurrent(recurrent_dims, type, tag::ldigo);
        const memory::desc bias({1, directions_, 4, units_}, type, tag::ldgo);

        // Explicit states of zeros: without them oneDNN 2.6 computes a wrong recurrent gradient of the first time step.
        const memory::desc state({1, directions_, shape.sequences, units_}, type, tag::ldnc);
        for (auto *zeros : {&first_hidden_, &first_cell_, &first_hidden_gradient_, &first_cell_gradient_}) {
            *zeros = memory(state, engine);
            clear(*zeros);
        }

        kernel_ = memory(plain_kernel, engine);
        recurrent_ = memory(plain_recurrent, engine);
        bias_ = memory(bias, engine);
        fill(kernel_, load(folder, ".kernel"));
        fill(recurrent_, load(folder, ".recurrent_kernel"));
        fill(bias_, load(folder, ".bias"));

        const auto kind = training ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
        const dnnl::lstm_forward::primitive_desc forward(
            {kind, way, source, state, state, any_kernel, any_recurrent, bias, destination, none, none}, engine);
        forward_ = dnnl::lstm_forward(forward);
        forward_kernel_ = memory(forward.weights_layer_desc(), engine);
        forward_recurrent_ = memory(forward.weights_iter_desc(), engine);
        output = memory(destination, engine);
        if (!training) return;

        workspace_ = memory(forward.workspace_desc(), engine);
        const dnnl::lstm_backward::primitive_desc backward(
            {dnnl::prop_kind::backward, way, source, state, state, any_kernel, any_recurrent, bias, destination, none, none,
             source, state, state, any_kernel, any_recurrent, bias, destination, none, none},
            engine, forward);
        backward_ = dnnl::lstm_backward(backward);
        backward_kernel_ = memory(backward.weights_layer_desc(), engine);
        backward_recurrent_ = memory(backward.weights_iter_desc(), engine);
        kernel_gradient_ = memory(backward.diff_weights_layer_desc(), engine);
        recurrent_gradient_ = memory(backward.diff_weights_iter_desc(), engine);
        bias_gradient_ = memory(bias, engine);
        input_gradient = memory(source, engine);
    }

    /// Reorders the weights for the primitives: once for inference, after every update in training.
    void pack(dnnl::stream &stream) {
        reorder(stream, kernel_, forward_kernel_);
        reorder(stream, recurrent_, forward_recurrent_);
        if (!training_) return;
        reorder(stream, kernel_, backward_kernel_);
        reorder(stream, recurrent_, backward_recurrent_);
    }

    void forward(dnnl::stream &stream, const memory &input) {
        Arguments arguments{{DNNL_ARG_SRC_LAYER, input}, {DNNL_ARG_SRC_ITER, first_hidden_}, {DNNL_ARG_SRC_ITER_C, first_cell_},
                            {DNNL_ARG_WEIGHTS_LAYER, forward_kernel_}, {DNNL_ARG_WEIGHTS_ITER, forward_recurrent_}, {DNNL_ARG_BIAS, bias_},
                            {DNNL_ARG_DST_LAYER, output}};
        if (training_) arguments[DNNL_ARG_WORKSPACE] = workspace_;
        forward_.execute(stream, arguments);
    }

    void backward(dnnl::stream &stream, const memory &input, const memory &output_gradient) {
        clear(kernel_gradient_);   // oneDNN adds to the weights' gradients
        clear(recurrent_gradient_);
        clear(bias_gradient_);
        backward_.execute(
            stream,
            {{DNNL_ARG_SRC_LAYER, input}, {DNNL_ARG_SRC_ITER, first_hidden_}, {DNNL_ARG_SRC_ITER_C, first_cell_},
             {DNNL_ARG_WEIGHTS_LAYER, backward_kernel_}, {DNNL_ARG_WEIGHTS_ITER, backward_recurrent_}, {DNNL_ARG_BIAS, bias_},
             {DNNL_ARG_DST_LAYER, output}, {DNNL_ARG_DIFF_DST_LAYER, output_gradient}, {DNNL_ARG_DIFF_SRC_LAYER, input_gradient},
             {DNNL_ARG_DIFF_SRC_ITER, first_hidden_gradient_}, {DNNL_ARG_DIFF_SRC_ITER_C, first_cell_gradient_}, {DNNL_ARG_DIFF_WEIGHTS_LAYER, kernel_gradient_},
             {DNNL_ARG_DIFF_WEIGHTS_ITER, recurrent_gradient_}, {DNNL_ARG_DIFF_BIAS, bias_gradient_}, {DNNL_ARG_WORKSPACE, workspace_}});
    }

    void write_gradients(dnnl::stream &stream, const dnnl::engine &engine, const std::string &folder) {
        memory kernel(kernel_.get_desc(), engine), recurrent(recurrent_.get_desc(), engine);
        reorder(stream, kernel_gradient_, kernel);
        reorder(stream, recurrent_gradient_, recurrent);
        stream.wait();
        save(folder, ".kernel", kernel, static_cast<size_t>(inputs_) * 4 * units_);
        save(folder, ".recurrent_kernel", recurrent, static_cast<size_t>(units_) * 4 * units_);
        save(folder, ".bias", bias_gradient_, static_cast<size_t>(4) * units_);
    }

    int output_count() const { return directions_ * units_; }

    memory output, input_gradient;

private:
    static void reorder(dnnl::stream &stream, memory &from, memory &to) { dnnl::reorder(from, to).execute(stream, from, to); }

    Values load(const std::string &folder, const char *tensor) const {
        Values all;
        for (const auto &name : names_) {
            const auto values = read(folder + "/" + name + tensor + ".f32");
            all.insert(all.end(), values.begin(), values.end());
        }
        return all;
    }

    void save(const std::string &folder, const char *tensor, const memory &gradient, size_t count) const {
        for (size_t d = 0; d < names_.size(); d++) write(folder + "/gradient." + names_[d] + tensor + ".f32", data(gradient) + d * count, count);
    }

    bool training_;
    int units_, inputs_, directions_;
    std::vector<std::string> names_;
    dnnl::lstm_forward forward_;
    dnnl::lstm_backward backward_;
    memory kernel_, recurrent_, bias_, forward_kernel_, forward_recurrent_, backward_kernel_, backward_recurrent_;
    memory first_hidden_, first_cell_, first_hidden_gradient_, first_cell_gradient_;
    memory kernel_gradient_, recurrent_gradient_, bias_gradient_, workspace_;
};

/// The layers, and dense layer and loss in plain loops for the values.
class Network {
public:
    Network(const std::string &folder, bool training)
        : shape_(read_shape(folder + "/shape")), training_(training), engine_(dnnl::engine::kind::cpu, 0), stream_(engine_) {
        int inputs = shape_.inputs;
        for (size_t i = 0; i < shape_.layers.size(); i++) {
            layers_.emplace_back(engine_, shape_, i, inputs, training, folder);
            inputs = layers_.back().output_count();
        }
        features_ = inputs;
        input_ = memory({{shape_.steps, shape_.sequences, shape_.inputs}, memory::data_type::f32, memory::format_tag::tnc}, engine_);
        fill(input_, time_first(read(folder + "/input.f32"), shape_.inputs));
        target_ = time_first(read(folder + "/target.f32"), shape_.outputs);
        dense_kernel_ = read(folder + "/dense.kernel.f32");
        dense_bias_ = read(folder + "/dense.bias.f32");
        top_gradient_ = memory(layers_.back().output.get_desc(), engine_);
        for (auto &layer : layers_) layer.pack(stream_);
        stream_.wait();
    }

    void run() {
        for (size_t i = 0; i < layers_.size(); i++) {
            if (training_) layers_[i].pack(stream_);
            layers_[i].forward(stream_, i == 0 ? input_ : layers_[i - 1].output);
        }
        for (size_t i = layers_.size(); training_ && i-- > 0;) {
            layers_[i].backward(
                stream_, i == 0 ? input_ : layers_[i - 1].output, i + 1 == layers_.size() ? top_gradient_ : layers_[i + 1].input_gradient);
        }
        stream_.wait();
    }

    void write_values(const std::string &folder) {
        clear(top_gradient_);
        run();   // for the top layer's output, from which the gradient that goes down is made
        const size_t outputs = shape_.outputs, rows = static_cast<size_t>(shape_.steps) * shape_.sequences;
        const float *hidden = data(layers_.back().output);
        float *down = data(top_gradient_);
        Values result(rows * outputs);
        std::vector<double> kernel_gradient(features_ * outputs), bias_gradient(outputs);
        double loss = 0;
        for (size_t row = 0; row < rows; row++) {
            for (size_t o = 0; o < outputs; o++) {
                double y = dense_bias_[o];
                for (size_t f = 0; f < features_; f++) y += static_cast<double>(hidden[row * features_ + f]) * dense_kernel_[f * outputs + o];
                result[row * outputs + o] = static_cast<float>(y);
                const double error = y - target_[row * outputs + o], gradient = 2 * error / static_cast<double>(rows * outputs);
                loss += error * error / static_cast<double>(rows * outputs);
                bias_gradient[o] += gradient;
                for (size_t f = 0; f < features_; f++) {
                    kernel_gradient[f * outputs + o] += gradient * hidden[row * features_ + f];
                    down[row * features_ + f] += static_cast<float>(gradient * dense_kernel_[f * outputs + o]);
                }
            }
        }

        const auto output = batch_first(result, shape_.outputs);
        write(folder + "/output.f32", output.data(), output.size());
        if (!training_) return;
        run();
        for (auto &layer : layers_) layer.write_gradients(stream_, engine_, folder);
        const Values kernel(kernel_gradient.begin(), kernel_gradient.end()), bias(bias_gradient.begin(), bias_gradient.end());
        write(folder + "/gradient.dense.kernel.f32", kernel.data(), kernel.size());
        write(folder + "/gradient.dense.bias.f32", bias.data(), bias.size());
        const float rounded = static_cast<float>(loss);
        write(folder + "/loss.f32", &rounded, 1);
    }

private:
    /// [B, T, channels] to [T, B, channels].
    Values time_first(const Values &from, int channels) const { return swapped(from, shape_.sequences, shape_.steps, channels); }
    Values batch_first(const Values &from, int channels) const { return swapped(from, shape_.steps, shape_.sequences, channels); }

    static Values swapped(const Values &from, int first, int second, int channels) {
        Values to(from.size());
        for (int a = 0; a < first; a++) {
            for (int b = 0; b < second; b++) {
                std::copy_n(from.begin() + (static_cast<ptrdiff_t>(a) * second + b) * channels, channels,
                            to.begin() + (static_cast<ptrdiff_t>(b) * first + a) * channels);
            }
        }
        return to;
    }

    Shape shape_;
    bool training_;
    dnnl::engine engine_;
    dnnl::stream stream_;
    std::vector<Layer> layers_;
    size_t features_ = 0;
    memory input_, top_gradient_;
    Values target_, dense_kernel_, dense_bias_;
};

static double median_milliseconds(Network &network, double seconds) {
    using Clock = std::chrono::steady_clock;
    std::vector<double> times;
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    do {
        const auto start = Clock::now();
        network.run();
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    } while (Clock::now() < end);
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

int main(int count, char **arguments) {
    if (count != 5) {
        std::cerr << "usage: onednn CASE RESULTS training|inference THREADS\n";
        return 2;
    }
    try {
        omp_set_num_threads(std::stoi(arguments[4]));
        Network network(arguments[1], std::string(arguments[3]) == "training");
        network.write_values(arguments[2]);
        const auto *version = dnnl_version();
        std::cout << "ready oneDNN " << version->major << '.' << version->minor << '.' << version->patch << std::endl;
        for (std::string line; std::getline(std::cin, line);) std::cout << median_milliseconds(network, std::stod(line)) << std::endl;
        return 0;
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
