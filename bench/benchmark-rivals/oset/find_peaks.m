function peaks = find_peaks(x, fs)
% Returns the R peaks of a lead by OSET's peak_det_modified_pan_tompkins, [1, n], sample numbers in ascending order.
%
% x is [1, n], mV, without baseline wander. The detector's threshold is a share of the highest peak, so that one artefact hides
% all beats of a long recording: it gets 10 s at a time with 1 s beside them, the defaults of OSET's peak_det_likelihood_long_recs.
% Its polarity is that of most of the pieces, by its own rule.

    second = round(fs);
    block = 10 * second;
    starts = 1:block:numel(x);
    upright = arrayfun(@(s) max(x(s:min(end, s + block - 1))) > -min(x(s:min(end, s + block - 1))), starts);
    peaks = [];
    for start = starts
        last = min(numel(x), start + block - 1);
        from = max(1, start - second);
        [~, found] = peak_det_modified_pan_tompkins(x(from:min(end, last + second)), fs, [], [], [], [], [], mean(upright) >= 0.5);
        found = found(:)' + from - 1;
        peaks = [peaks, found(found >= start & found <= last)];
    end
    peaks = unique(peaks);
end
