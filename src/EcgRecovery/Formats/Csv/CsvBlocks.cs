using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Records;
using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Csv;

/// <summary>Parses the numbers of a CSV on demand, block by block, and caches the blocks used last, for all leads together.</summary>
/// <remarks>Memory: at most 64 MiB of numbers and 8 bytes per block, for a file of any length.</remarks>
internal sealed class CsvBlocks : IDisposable
{
    private const int MaximumRows = 8192;
    private const int MinimumRows = 64;
    private const int CellsOfBlock = 1 << 18;
    private const int CellsKept = 1 << 23;

    // Two windows of SampleWindow.Length samples, and one block at each end.
    private const int MaximumBlocks = 18;

    private readonly Lock _lock = new();
    private readonly List<Block> _blocks = [];
    private readonly SafeFileHandle _file;
    private readonly CsvLayout _layout;
    private readonly CsvScan _scan;
    private readonly CsvScale[] _scales;
    private readonly CsvLines _lines;
    private readonly string _path;
    private readonly int _maximumBlocks;
    private bool _isClosed;

    /// <summary>Prepares to read a scanned file.</summary>
    public CsvBlocks(SafeFileHandle file, CsvLayout layout, CsvScan scan, string path)
    {
        (_file, _layout, _scan, _path) = (file, layout, scan, path);
        _lines = new CsvLines(file, path);
        _scales = [.. Enumerable.Range(0, layout.Leads.Count()).Select(scan.Scale)];
        var cellsPerBlock = (long)scan.RowsPerBlock * Math.Max(1, _scales.Length);
        _maximumBlocks = (int)Math.Clamp(CellsKept / cellsPerBlock, 2, MaximumBlocks * (MaximumRows / scan.RowsPerBlock));
    }

    /// <summary>Returns the rows per block for a number of leads.</summary>
    public static int RowsFor(int leads) => Math.Clamp(CellsOfBlock / Math.Max(1, leads), MinimumRows, MaximumRows);

    /// <summary>Reads rows of one lead in ADC units.</summary>
    public void Read(int lead, long row, Span<int> destination) => Copy(row, destination, block => block.AdcUnits[lead]!);

    /// <summary>Reads rows of one lead in physical values.</summary>
    public void Read(int lead, long row, Span<double> destination) => Copy(row, destination, block => block.Values[lead]!);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _blocks.Clear();
        }

        _file.Dispose();
    }

    private void Copy<T>(long row, Span<T> destination, Func<Block, T[]> column)
    {
        lock (_lock)
        {
            while (!destination.IsEmpty)
            {
                var at = (int)(row % _scan.RowsPerBlock);
                var count = Math.Min(destination.Length, _scan.RowsPerBlock - at);
                column(Get(row / _scan.RowsPerBlock)).AsSpan(at, count).CopyTo(destination);
                destination = destination[count..];
                row += count;
            }
        }
    }

    /// <summary>Returns a block and moves it to the front of the cache.</summary>
    private Block Get(long index)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var found = _blocks.FindIndex(block => block.Index == index);
        var block = found >= 0 ? _blocks[found]
            : _blocks.Count < _maximumBlocks ? new Block(_scales, _scan.RowsPerBlock)
            : _blocks[^1];
        if (found == 0)
            return block;
        _blocks.Remove(block);
        if (found < 0)
            Fill(block, index);
        _blocks.Insert(0, block);
        return block;
    }

    private void Fill(Block block, long index)
    {
        block.Index = -1;
        _lines.Seek(_scan.Offsets[(int)index]);
        var rows = (int)Math.Min(_scan.RowsPerBlock, _scan.Rows - (index * _scan.RowsPerBlock));
        for (var row = 0; row < rows;)
        {
            if (!_lines.TryRead(out var line))
                throw Changed();
            if (_layout.Skips(line))
                continue;
            FillRow(block, row++, line);
        }

        block.Index = index;
    }

    private void FillRow(Block block, int row, ReadOnlySpan<byte> line)
    {
        var cells = new CsvCells(line, _layout.Dialect.Delimiter);
        foreach (var column in _layout.Columns)
        {
            if (!cells.TryNext(out var cell))
                throw Changed();
            if (column.Kind != CsvColumnKind.Lead)
                continue;
            var number = CsvNumber.Parse(cell, _layout.Dialect.DecimalPoint);
            if (number.Kind == CsvCellKind.Bad)
                throw Changed();
            if (block.Values[column.Lead] is { } values)
                values[row] = number.Kind == CsvCellKind.Missing ? double.NaN : number.Value;
            else
                block.AdcUnits[column.Lead]![row] = AdcUnits(number, _scales[column.Lead].Decimals);
        }
    }

    private int AdcUnits(CsvNumber number, int decimals)
    {
        if (number.Kind == CsvCellKind.Missing)
            return EcgLead.MissingAdcUnits;
        var units = number.Mantissa;
        for (var d = number.Decimals; d < decimals; d++)
            units *= 10;
        for (var d = number.Decimals; d > decimals && units != 0; d--)
            units /= 10;
        return number.Kind == CsvCellKind.Exact && Math.Abs(units) <= int.MaxValue ? (int)units : throw Changed();
    }

    private InvalidDataException Changed() => new($"{_path} has changed since it was opened.");

    /// <summary>The rows of a block, by lead.</summary>
    private sealed class Block(CsvScale[] scales, int rows)
    {
        public long Index { get; set; } = -1;

        public int[]?[] AdcUnits { get; } = [.. scales.Select(scale => scale.IsExact ? new int[rows] : null)];

        public double[]?[] Values { get; } = [.. scales.Select(scale => scale.IsExact ? null : new double[rows])];
    }
}
