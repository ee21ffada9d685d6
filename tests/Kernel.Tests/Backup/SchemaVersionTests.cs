using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

/// <summary>Backups of other versions.</summary>
public sealed class SchemaVersionTests(Api api) : IClassFixture<Api>
{
    private static readonly string[] Later = ["rating", "status", "skills", "tags", "do_not_hire", "stage_entered_at", "phone"];

    [Fact]
    public async Task A_record_of_an_older_version_comes_back_with_what_a_new_one_would_have_where_it_had_nothing()
    {
        var tenant = await api.FoundAsync();
        var candidate = (await tenant.Admin.Post("recruiting/candidates", new { fullName = "Old Friend", email = Api.NewEmail(), phone = "+41441234567", skills = new[] { "mixing" }, rating = 3 })).Must(201);
        var backup = await tenant.Admin.BackUpAsync();
        api.Age(api.FileOf(tenant.Id, backup["sha256"].GetString()!), "recruiting.candidate", Later);
        await api.SqlAsync("delete from recruiting.candidate where id = $1", candidate.Id);

        await tenant.RestoreAsync(backup.Id, new { mode = "merge" });

        var back = (await tenant.Admin.Get($"recruiting/candidates/{candidate.Id}")).Must(200);
        Assert.Equal(("Old Friend", "applied", 0, false), (back["fullName"].GetString(), back["status"].GetString(), back["rating"].GetInt32(), back["doNotHire"].GetBoolean()));
        Assert.Equal(0, back["skills"].GetArrayLength());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, back["phone"].ValueKind);
        (await tenant.Admin.Patch($"recruiting/candidates/{candidate.Id}", new { rating = 2 }, back.Version)).Must(200);
    }

    [Fact]
    public async Task A_record_that_is_here_keeps_what_an_older_backup_knows_nothing_of()
    {
        var tenant = await api.FoundAsync();
        var changed = (await tenant.Admin.Post("recruiting/candidates", new { fullName = "Name Then", email = Api.NewEmail(), rating = 1 })).Must(201);
        var same = await tenant.Admin.AddCandidateAsync("Same Person");
        var backup = await tenant.Admin.BackUpAsync();
        api.Age(api.FileOf(tenant.Id, backup["sha256"].GetString()!), "recruiting.candidate", Later);
        (await tenant.Admin.Patch($"recruiting/candidates/{changed.Id}", new { fullName = "Name Now", rating = 3 }, 1)).Must(200);
        (await tenant.Admin.Patch($"recruiting/candidates/{same.Id}", new { rating = 2 }, 1)).Must(200);

        var job = await tenant.RestoreAsync(backup.Id, new { noun = "recruiting/candidates", mode = "replace" });

        Assert.Equal((0, 1, 0), (job["result"].GetProperty("added").GetInt32(), job["result"].GetProperty("changed").GetInt32(), job["result"].GetProperty("removed").GetInt32()));
        var back = (await tenant.Admin.Get($"recruiting/candidates/{changed.Id}")).Must(200);
        Assert.Equal(("Name Then", 3), (back["fullName"].GetString(), back["rating"].GetInt32()));
        Assert.Equal(2, (await tenant.Admin.Get($"recruiting/candidates/{same.Id}")).Must(200)["rating"].GetInt32());
    }

    [Fact]
    public async Task A_table_that_came_later_is_left_as_it_is()
    {
        var tenant = await api.FoundAsync();
        var call = (await tenant.Admin.Post("recruiting/calls", new { callerName = "Caller", callerNumber = "+41441234567", callType = "missed", status = "missed" })).Must(201);
        var backup = await tenant.Admin.BackUpAsync();
        var file = api.FileOf(tenant.Id, backup["sha256"].GetString()!);
        BackupSteps.Remove(file, "data/recruiting.call.jsonl");
        api.Remake(file, manifest => manifest["tables"]!.AsArray().Remove(manifest["tables"]!.AsArray().First(t => (string)t!["table"]! == "recruiting.call")));

        await tenant.RestoreAsync(backup.Id, new { mode = "replace" });

        (await tenant.Admin.Get($"recruiting/calls/{call.Id}")).Must(200);
        (await tenant.Admin.Post($"backup/{backup.Id}/restore", new { noun = "recruiting/calls" })).Must(400, "validation_failed");
        (await tenant.Admin.Post($"backup/{backup.Id}/restore/preview", new { noun = "recruiting/calls" })).Must(400, "validation_failed");
        (await tenant.Admin.Get($"backup/{backup.Id}/records?noun=recruiting/calls")).Must(400, "validation_failed");
    }

    [Fact]
    public async Task A_backup_that_lacks_what_nobody_can_make_up_is_refused_with_the_columns_name()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync();
        (await tenant.Admin.ScheduleAsync(candidate.Id, "Mara Lindt", tenant.Clock.Now.AddDays(1))).Must(201);
        var backup = await tenant.Admin.BackUpAsync();
        api.Age(api.FileOf(tenant.Id, backup["sha256"].GetString()!), "recruiting.interview", "candidate_id");

        var refused = (await tenant.Admin.Post($"backup/{backup.Id}/restore/preview", new { mode = "merge" })).Must(409, "backup_older_schema");
        var job = await tenant.RestoreAsync(backup.Id, new { mode = "merge" }, status: "failed");

        Assert.Contains("recruiting.interview.candidate_id", refused["detail"].GetString(), StringComparison.Ordinal);
        Assert.Equal("backup_older_schema", job["error"].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("migration")]
    [InlineData("format")]
    public async Task A_backup_of_a_newer_version_is_refused_before_anything_is_touched(string what)
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync();
        var backup = await tenant.Admin.BackUpAsync();
        api.Remake(api.FileOf(tenant.Id, backup["sha256"].GetString()!), manifest =>
        {
            if (what == "format")
            {
                manifest["format"] = BackupManifest.CurrentFormat + 1;
            }
            else
            {
                manifest["migrations"]!.AsArray().Add(new JsonObject { ["module"] = "recruiting", ["file"] = "9999_from_the_future.sql", ["checksum"] = "x" });
            }
        });

        var refused = (await tenant.Admin.Post($"backup/{backup.Id}/restore", new { mode = "replace" })).Must(409, "backup_newer_schema");

        Assert.Contains(what == "format" ? "format 2" : "recruiting/9999_from_the_future.sql", refused["detail"].GetString(), StringComparison.Ordinal);
        (await tenant.Admin.Post($"backup/{backup.Id}/restore/preview", new { mode = "merge" })).Must(409, "backup_newer_schema");
        (await tenant.Admin.Get($"backup/{backup.Id}/records?noun=recruiting/candidates")).Must(409, "backup_newer_schema");
        Assert.True((await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200)["intact"].GetBoolean());
        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.backup where tenant_id = $1", tenant.Id));
    }

    [Fact]
    public async Task Every_column_that_may_come_later_has_a_default_the_database_takes()
    {
        await using var db = api.Open(TenantScope.System(Guid.AllBitsSet));
        var maker = api.Services.GetRequiredService<BackupMaker>();
        var checks = new List<string>();
        foreach (var table in maker.TablesOf(db).All.Where(t => t.IsRestored))
        {
            // Keys and required references are no columns that a table could get later.
            var fixedColumns = table.References.Where(r => r.IsRequired).Select(r => r.Column).Append("id").ToList();
            foreach (var property in table.EntityType.GetProperties().Where(p => p.GetColumnName() != "tenant_id" && !fixedColumns.Contains(p.GetColumnName())))
            {
                var sql = table.DefaultOf(property.GetColumnName());
                if (sql is null)
                {
                    // What tells one from another or keeps a secret cannot be made up.
                    Assert.True(property.ClrType == typeof(Guid) || property.ClrType == typeof(byte[]), $"{table.Name}.{property.GetColumnName()}");
                    continue;
                }

                var value = await api.SqlAsync($"select ({sql})::{property.GetRelationalTypeMapping().StoreType}::text");
                checks.Add($"{table.Name}.{property.GetColumnName()} = {value}");
                Assert.True(property.IsNullable || value is not DBNull, checks[^1]);
            }
        }

        Assert.Contains("recruiting.candidate.status = applied", checks);
        Assert.Contains("production.project.title = ", checks);
    }
}
