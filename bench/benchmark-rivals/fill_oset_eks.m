function x = fill_oset_eks(x, fs, gaps)
% Fills gaps by the extended Kalman smoother of OSET, the Open-Source Electrophysiological Toolbox (alphanumericslab/OSET).
%
% x is a lead, [n, 1], mV, with NaN; gaps are its gaps, [g, 2], first and last sample. The model: the lead is a sum of Gaussian kernels
% of the cardiac phase that drifts at random; the phase comes from the R peaks. In a gap the observation noise is so large that the
% model alone predicts. Every function called is OSET's, unchanged, with the parameters of testECGKalmanFilter.m and
% testECGBeatFitterAuto.m, its own examples; what is ours stands in the comments. NaN stays where fewer than 5 beats are found.
% Source: Sameni, Shamsollahi, Jutten, Clifford 2007, doi:10.1109/TBME.2007.897817.

    add_oset();
    missing = isnan(x)';
    whole = fill_linear(x)';
    baseline = lp_filter_zero_phase(whole, 0.7 / fs);
    flat = whole - baseline;
    peaks = bridge_gaps(find_peaks(flat, fs), missing);
    if numel(peaks) < 5
        return;
    end
    train = zeros(size(flat));
    train(peaks) = 1;
    phase = phase_calculator(train);
    model = beat_model(flat(! missing), phase(! missing));
    for gap = gaps'
        part = max(1, gap(1) - round(fs)):min(numel(flat), gap(2) + round(fs));
        inside = part >= gap(1) & part <= gap(2);
        around = peaks(abs(peaks - mean(gap)) < 60 * fs);
        estimate = smooth_gap(flat(part), phase(part), inside, settings(model, fs, around, max(abs(flat(part)))));
        x(gap(1):gap(2)) = (estimate + baseline(part(inside)))';
    end
end

function model = beat_model(x, phase)
% Fits Gaussian kernels to the mean beat: their parameters [heights, widths, phases], and the noise (the mean SD between the beats).
    [mean_beat, deviation, mean_phase] = avg_beat_calculator_phase_domain(x, phase, 250, 1);
    % The fitter draws random starts, and a figure.
    rand("twister", 1);
    set(0, "defaultfigurevisible", "off");
    evalc("model.kernels = ECGBeatFitterAuto(mean_beat, mean_phase, 'min error', 0.1, 10, 10, 0.001, 5);");
    close("all");
    model.noise = mean(deviation(1:round(end / 10)));
end

function s = settings(model, fs, peaks, highest)
% The settings of testECGKalmanFilter.m; the heart rate is that of the 60 s on each side of the gap.
    kernels = model.kernels;
    n = numel(kernels) / 3;
    rate = 2 * pi * fs ./ diff(peaks);
    w = mean(rate);
    s.X0 = [-pi; 0];
    s.P0 = diag([(2 * pi) ^ 2, (10 * highest) ^ 2]);
    s.Q = diag([(0.1 * kernels(1:n)) .^ 2, 0.05 ^ 2 * ones(1, 2 * n), std(rate, 1) ^ 2, (0.05 * model.noise) ^ 2]);
    s.R = diag([(w / fs) ^ 2 / 12, model.noise ^ 2]);
    s.w = w;
    s.fs = fs;
    s.kernels = kernels;
end

function estimate = smooth_gap(x, phase, inside, s)
% Returns the smoothed samples inside the gap, [1, length].
%
% EKSmoother takes one observation noise for a whole call. So the gap is a call of its own, and the smoother has its two-filter form
% (Fraser and Potter 1969, doi:10.1109/TAC.1969.1099196): a filter forward into the gap, the same filter on the mirrored signal, whose
% kernels have mirrored phases, and the mean of both weighted by their inverse variances. The phase is observed in both.
    [forward, forward_variance] = filter_into_gap(x, phase, inside, s);
    mirrored = s;
    n = numel(s.kernels) / 3;
    mirrored.kernels(2 * n + 1:end) *= -1;
    [backward, backward_variance] = filter_into_gap(x(end:-1:1), -phase(end:-1:1), inside(end:-1:1), mirrored);
    backward = backward(end:-1:1);
    backward_variance = backward_variance(end:-1:1);
    estimate = (forward ./ forward_variance + backward ./ backward_variance) ./ (1 ./ forward_variance + 1 ./ backward_variance);
end

function [estimate, variance] = filter_into_gap(x, phase, inside, s)
% Returns estimates inside the gap and their variances, [1, length] each; infinite ones where nothing comes before the gap.
    first = find(inside, 1);
    last = find(inside, 1, "last");
    if first == 1
        estimate = zeros(1, last);
        variance = Inf(1, last);
        return;
    end
    [X, P] = run_filter(x(1:first - 1), phase(1:first - 1), s);
    % EKSmoother starts from a prediction, so the gap's call begins at the last observed sample again.
    s.X0 = X(:, end);
    s.P0 = P(:, :, end);
    s.R(2, 2) = 1e6 * max(s.R(2, 2), max(x .^ 2));
    [X, P] = run_filter(x(first - 1:last), phase(first - 1:last), s);
    estimate = X(2, 2:end);
    variance = squeeze(P(2, 2, 2:end))';
end

function [X, P] = run_filter(x, phase, s)
    [X, P] = EKSmoother([phase; x], s.X0, s.P0, s.Q, s.R, [s.kernels, s.w, 0]', [0; 0], [s.kernels, s.w, s.fs], ceil(s.fs / 2), ...
        [], 1, ceil(s.fs / 2));
end
