function x = fill_linear(x, varargin)
% Fills every missing sample by a straight line between its observed neighbours, and by the nearest one at the ends. x is [n, 1], mV.

    t = (1:numel(x))';
    seen = ! isnan(x);
    if nnz(seen) < 2
        return;
    end
    x(! seen) = interp1(t(seen), x(seen), t(! seen), "linear", "extrap");
    first = find(seen, 1);
    last = find(seen, 1, "last");
    x(1:first - 1) = x(first);
    x(last + 1:end) = x(last);
end
