function x = fill_oset_gp(x, fs, gaps)
% Fills gaps by the Gaussian process in the phase domain of OSET, the Open-Source Electrophysiological Toolbox (alphanumericslab/OSET).
%
% x is a lead, [n, 1], mV, with NaN; gaps are its gaps, [g, 2], first and last sample. ecg_den_phase_domain_gp gives each sample the mean of
% its phase, weighted against the observed value by their variances. In a gap nothing is observed, so that its estimate is the
% function's second output, the prior. Called unchanged with the mean beat and otherwise its defaults, on the 30 s on each side.
% The prior has its zero where the beat is at rest. Ours is the line that lays it on the signal: between the mean differences of the
% second before the gap and the second after it. NaN stays where fewer than 5 beats are found.
% Source: the function itself; Sameni, Jutten, Shamsollahi 2008, doi:10.1109/TBME.2008.919714, for the phase.

    add_oset();
    missing = isnan(x)';
    whole = fill_linear(x)';
    flat = whole - lp_filter_zero_phase(whole, 0.7 / fs);
    peaks = bridge_gaps(find_peaks(flat, fs), missing);
    for gap = gaps'
        part = max(1, gap(1) - round(30 * fs)):min(numel(x), gap(2) + round(30 * fs));
        train = zeros(size(part));
        train(peaks(peaks >= part(1) & peaks <= part(end)) - part(1) + 1) = 1;
        if sum(train) < 5
            continue;
        end
        inside = part >= gap(1) & part <= gap(2);
        prior = prior_of(flat(part), train, inside);
        x(gap(1):gap(2)) = (prior(inside) + level(whole(part) - prior, missing(part), inside, fs))';
    end
end

function prior = prior_of(x, train, inside)
% Returns the function's prior. It has no missing samples, so its first prior takes the place of the line in the gap.
    options = struct("BEAT_AVG_METHOD", "MEAN");
    [~, prior] = ecg_den_phase_domain_gp(x, train, options);
    x(inside) = prior(inside);
    [~, prior] = ecg_den_phase_domain_gp(x, train, options);
end

function line = level(difference, missing, inside, fs)
% Returns the line between the mean observed differences of the second before the gap and of that after it, [1, length].
    first = find(inside, 1);
    last = find(inside, 1, "last");
    before = first - round(fs):first - 1;
    after = last + 1:last + round(fs);
    ends = [mean_of(difference, missing, before(before >= 1)), mean_of(difference, missing, after(after <= numel(missing)))];
    ends(isnan(ends)) = ends(find(! isnan(ends), 1));
    line = linspace(ends(1), ends(2), last - first + 1);
end

function m = mean_of(x, missing, part)
    m = mean(x(part(! missing(part))));
end
