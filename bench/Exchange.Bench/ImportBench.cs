using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Kernel.Database;
using Tessera.Testing;
using Xunit;

namespace Tessera.Exchange.Bench;

/// <summary>
/// A file of new records through the whole product: upload, dry run, apply, over HTTP into a PostgreSQL with the product's own
/// settings, with row-level security, validation, the noun's rule, history and feed.
/// </summary>
internal static class ImportBench
{
    /// <param name="noun">Its address: <c>recruiting/candidates</c>.</param>
    /// <param name="count">New records.</param>
    /// <param name="settings">Of the server, over the product's own: <c>shared_buffers=1GB;wal_level=minimal</c>.</param>
    public static async Task RunAsync(string noun, int count, string settings)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            var options = new EmbeddedPostgresOptions(folder, EmbeddedPostgresBinaries.Find(AppContext.BaseDirectory))
            {
                Settings = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).ToDictionary(s => s[0].Trim(), s => s[1].Trim(), StringComparer.Ordinal),
            };
            await using var postgres = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, CancellationToken.None);
            Environment.SetEnvironmentVariable(TestPostgres.Variable, postgres.ConnectionString);
            Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_TESSERA_HOST", AppContext.BaseDirectory);
            var api = new Api();
            await api.InitializeAsync();
            var tenant = await api.FoundAsync(module: noun.Split('/')[0]);
            await StepsAsync(tenant, noun, 2_000, folder);
            await Statements.BeginAsync(postgres.ConnectionString);
            await StepsAsync(tenant, noun, count, folder);
            await Statements.TellAsync(postgres.ConnectionString);
            await api.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StepsAsync(TestTenant tenant, string noun, int count, string folder)
    {
        // The small round before the measured one takes the compiler's work; its people are others.
        var file = Rows.Records(noun, count, count < 10_000 ? "warm" : "person");
        var watch = Stopwatch.StartNew();
        var begun = CpuTimes.Now(folder);
        var run = (await tenant.Admin.UploadAsync(noun, file, "records.csv")).Must(201);
        await tenant.Admin.MapAsync(run);
        var (upload, uploadCpu) = (watch.Elapsed, CpuTimes.Now(folder));
        Assert.True((await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Status is 200 or 202);
        var check = await EndedAsync(tenant.Admin, $"exchange/imports/{run.Id}", "running");
        Assert.True($"create {count}" == check.Counts(), check.Text);
        var (checkedAt, checkCpu) = (watch.Elapsed, CpuTimes.Now(folder));
        var begunJob = await tenant.Admin.Post($"exchange/imports/{run.Id}/apply");
        Assert.True(begunJob.Status is 200 or 202, begunJob.Text);
        var job = await EndedAsync(tenant.Admin, $"jobs/{begunJob.Id}", "queued", "running");
        Assert.True(job["status"].GetString() == "succeeded", job.Text);
        var (applied, applyCpu) = (watch.Elapsed, CpuTimes.Now(folder));
        if (count >= 10_000)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                lib = "tessera",
                op = "import",
                noun,
                rows = count,
                upload = Math.Round(upload.TotalSeconds, 2),
                check = Math.Round((checkedAt - upload).TotalSeconds, 2),
                apply = Math.Round((applied - checkedAt).TotalSeconds, 2),
                seconds = Math.Round(applied.TotalSeconds, 2),
                uploadCpu = (uploadCpu - begun).Shown,
                checkCpu = (checkCpu - uploadCpu).Shown,
                applyCpu = (applyCpu - checkCpu).Shown,
                peakMb = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
            }));
        }
    }

    /// <summary>What is there once it is at work no more. It is asked rarely, for the asking is measured too.</summary>
    private static async Task<Answer> EndedAsync(Client person, string address, params string[] atWork)
    {
        while (true)
        {
            var answer = (await person.Get(address)).Must(200);
            if (!atWork.Contains(answer["status"].GetString()))
            {
                return answer;
            }

            await Task.Delay(100);
        }
    }
}
