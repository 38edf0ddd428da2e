function peaks = bridge_gaps(peaks, missing)
% Replaces the R peaks in missing samples by evenly spaced ones. peaks are sample numbers, [1, p]; missing is [1, n], true = missing.
%
% Between the last observed peak before the gap and the first after it lie as many intervals as fit best at the median interval of the
% four on each side. OSET has no rule for missing samples; this one is ours.

    peaks = peaks(! missing(peaks));
    edges = diff([false, missing, false]);
    starts = find(edges == 1);
    for start = starts
        before = find(peaks < start, 1, "last");
        after = before + 1;
        if isempty(before) || after > numel(peaks)
            continue;
        end
        intervals = [diff(peaks(max(1, before - 4):before)), diff(peaks(after:min(end, after + 4)))];
        if isempty(intervals)
            continue;
        end
        count = max(1, round((peaks(after) - peaks(before)) / median(intervals)));
        between = round(linspace(peaks(before), peaks(after), count + 1));
        peaks = [peaks(1:before), between(2:end - 1), peaks(after:end)];
    end
end
