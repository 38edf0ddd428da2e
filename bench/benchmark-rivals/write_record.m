function write_record(path, record)
% Writes a WFDB record of format 16 with the gain, baseline and lead names of the record that was read (see read_record).
%
% NaN becomes -32768; a value beyond 16 bits becomes the nearest that fits.

    [folder, name] = fileparts(path);
    if ! isfolder(folder)
        mkdir(folder);
    end
    digital = round(record.leads .* record.gain + record.baseline);
    digital = max(-32767, min(32767, digital));
    digital(isnan(record.leads)) = -32768;
    file = fopen([path ".dat"], "w", "ieee-le");
    if file < 0
        error("%s.dat cannot be written", path);
    end
    fwrite(file, digital', "int16");
    fclose(file);
    file = fopen([path ".hea"], "w");
    fprintf(file, "%s %d %.12g %d\n", name, columns(digital), record.fs, rows(digital));
    for lead = 1:columns(digital)
        fields = strsplit(record.header{lead});
        % The initial value and the checksum, a sum modulo 2^16, are those of the samples written.
        checksum = mod(sum(digital(:, lead)) + 32768, 65536) - 32768;
        fprintf(file, "%s.dat 16 %s %s %s %d %d %s\n", name, fields{3:5}, digital(1, lead), checksum, strjoin(fields(8:end), " "));
    end
    fclose(file);
end
