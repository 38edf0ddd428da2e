function x = fill_ar(x, fs, gaps, max_seconds = 8, max_order_seconds = 1, order = "aic")
% Fills gaps as MATLAB's fillgaps(x, maxlen, order), written anew from its documentation and its references.
%
% x is a lead, [n, 1], mV, with NaN; gaps are its gaps, [g, 2], first and last sample. max_seconds is maxlen, the observed samples used
% on each side; order is a number or "aic".
%
% As documented: an autoregressive model of the observed samples before the gap is continued forward, one of those after it backward; the
% order has the least Akaike criterion; at most maxlen samples beside the gap are used, not beyond the next missing one. As described by
% others: Burg's method, a linear cross-fade of both continuations.
% Not reproduced, because it is not documented or would take too long: fillgaps uses all samples by default, here 8 s; its highest order
% is not stated, here 1 s, and a third of the samples; whether it removes the mean of each side is not stated, here it does.
% Sources: mathworks.com/help/signal/ref/fillgaps.html; Burg, thesis, Stanford 1975; Akaike 1974, doi:10.1109/TAC.1974.1100705.

    observed = x;
    longest = round(max_seconds * fs);
    for gap = gaps'
        before = side(observed(max(1, gap(1) - longest):gap(1) - 1)(end:-1:1))(end:-1:1);
        after = side(observed(gap(2) + 1:min(end, gap(2) + longest)))(end:-1:1);
        n = gap(2) - gap(1) + 1;
        forward = continuation(before, n, max_order_seconds * fs, order);
        backward = continuation(after, n, max_order_seconds * fs, order)(end:-1:1);
        if isempty(forward)
            forward = backward;
        elseif isempty(backward)
            backward = forward;
        end
        if ! isempty(forward)
            weight = (1:n)' / (n + 1);
            x(gap(1):gap(2)) = (1 - weight) .* forward + weight .* backward;
        end
    end
end

function x = side(x)
% Returns the samples before the first missing one.
    x = x(1:min([find(isnan(x), 1) - 1; numel(x)]));
end

function y = continuation(x, n, max_order, order)
% Returns the n samples that follow x, [n, 1]; none after fewer than 12 samples.
    y = zeros(0, 1);
    if numel(x) < 12
        return;
    end
    max_order = floor(min(max_order, numel(x) / 3));
    if isnumeric(order)
        max_order = min(order, max_order);
    end
    level = mean(x);
    a = burg(x - level, max_order, isnumeric(order));
    p = numel(a) - 1;
    y = filter(1, a, zeros(n, 1), filtic(1, a, x(end:-1:end - p + 1) - level)) + level;
end

function a = burg(x, max_order, keep_highest)
% Returns the coefficients [1, a1 … ap] of the order with the least Akaike criterion, n ln(error power) + 2p, or of the highest.
    n = numel(x);
    f = x(2:end);
    b = x(1:end - 1);
    power = x' * x / n;
    current = a = 1;
    best = n * log(power);
    for p = 1:max_order
        k = -2 * (f' * b) / (f' * f + b' * b);
        current = [current, 0] + k * [0, current(end:-1:1)];
        power *= 1 - k ^ 2;
        [f, b] = deal(f(2:end) + k * b(2:end), b(1:end - 1) + k * f(1:end - 1));
        criterion = n * log(power) + 2 * p;
        if keep_highest || criterion < best
            best = criterion;
            a = current;
        end
        if ! (power > 0)
            return;
        end
    end
end
