using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tessera.Exchange.Bench;
using Tessera.Kernel.Exchange;

// Three measurements, each one line of JSON on standard output; compare.py puts them beside the peers'.
var count = int.Parse(Environment.GetEnvironmentVariable("ROWS") ?? "100000", CultureInfo.InvariantCulture);
switch (args)
{
    case ["write", var file]:
        await WriteAsync(file);
        break;
    case ["read", var file]:
        Read(file);
        break;
    case ["import", .. var nouns]:
        await ImportBench.RunAsync(nouns is [var noun] ? noun : "recruiting/candidates", count, Environment.GetEnvironmentVariable("SETTINGS") ?? "");
        break;
    default:
        Console.Error.WriteLine("write FILE | read FILE | import [NOUN]");
        return 2;
}

return 0;

async Task WriteAsync(string file)
{
    var watch = Stopwatch.StartNew();
    await using (var output = File.Create(file))
    {
        await using var writer = new XlsxExport(output);
        var columns = Rows.Headers.Select(h => new NounColumn(new ExchangeColumn(h, ColumnType.Text, false, false), typeof(string), true, null, null, null)).ToList();
        await writer.BeginAsync(CancellationToken.None);
        await writer.WriteAsync(new NounName("clients", "Clients", "client"), columns, EachAsync(), CancellationToken.None);
        await writer.EndAsync(CancellationToken.None);
    }

    Tell("write", count, watch, 0);
}

void Read(string file)
{
    var watch = Stopwatch.StartNew();
    var source = RowSource.Open(file, new ReadingChoice(new NounName("clients", "Clients", "client"), null, null, null), new ExchangeOptions());
    var (rows, sum) = (0, 0.0);
    foreach (var row in source.Rows())
    {
        rows++;
        sum += double.Parse(row.Cells[9]!, CultureInfo.InvariantCulture);
    }

    Tell("read", rows, watch, sum);
}

#pragma warning disable CS1998 // The rows are made up as they are asked for.
async IAsyncEnumerable<object?[]> EachAsync()
#pragma warning restore CS1998
{
    for (var i = 0; i < count; i++)
    {
        yield return Rows.Of(i);
    }
}

static void Tell(string op, int rows, Stopwatch watch, double checksum) => Console.WriteLine(JsonSerializer.Serialize(new { lib = "tessera", op, rows, seconds = Math.Round(watch.Elapsed.TotalSeconds, 2), checksum }));
