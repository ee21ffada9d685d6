using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Kernel.Database;
using Tessera.Testing;
using Xunit;

namespace Tessera.Exchange.Bench;

/// <summary>
/// A file of new candidates through the whole product: upload, dry run, apply, over HTTP into a PostgreSQL with the product's own
/// settings, with row-level security, validation, the noun's rule, history and feed.
/// </summary>
internal static class ImportBench
{
    public static async Task RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            var options = new EmbeddedPostgresOptions(folder, EmbeddedPostgresBinaries.Find(AppContext.BaseDirectory));
            await using var postgres = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, CancellationToken.None);
            Environment.SetEnvironmentVariable(TestPostgres.Variable, postgres.ConnectionString);
            Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_TESSERA_HOST", AppContext.BaseDirectory);
            var api = new Api();
            await api.InitializeAsync();
            var tenant = await api.FoundAsync();
            await StepsAsync(tenant, 2_000);
            await StepsAsync(tenant, count);
            await api.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StepsAsync(TestTenant tenant, int count)
    {
        // The small round before the measured one takes the compiler's work; its people are others.
        var file = Rows.Candidates(count);
        file = count < 10_000 ? System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(file).Replace("person", "warm", StringComparison.Ordinal)) : file;
        var watch = Stopwatch.StartNew();
        var run = (await tenant.Admin.UploadAsync("recruiting/candidates", file, "candidates.csv")).Must(201);
        await tenant.Admin.MapAsync(run);
        var upload = watch.Elapsed;
        Assert.True((await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Status is 200 or 202);
        var check = await Waiting.UntilAsync(async () => (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200), r => r["status"].GetString() != "running");
        Assert.Equal($"create {count}", check.Counts());
        var checkedAt = watch.Elapsed;
        var job = await tenant.Admin.ApplyAsync(run);
        Assert.Equal("succeeded", job["status"].GetString());
        var applied = watch.Elapsed;
        if (count >= 10_000)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                lib = "tessera",
                op = "import",
                rows = count,
                upload = Math.Round(upload.TotalSeconds, 2),
                check = Math.Round((checkedAt - upload).TotalSeconds, 2),
                apply = Math.Round((applied - checkedAt).TotalSeconds, 2),
                seconds = Math.Round(applied.TotalSeconds, 2),
            }));
        }
    }
}
