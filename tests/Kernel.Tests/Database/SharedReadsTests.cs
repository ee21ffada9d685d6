using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Database;

/// <summary>Reads that wait at the same moment go to PostgreSQL together, and nobody gets another's answer or error.</summary>
public sealed class SharedReadsTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Reads_that_wait_at_the_same_moment_share_a_round_trip()
    {
        await using var database = NpgsqlDataSource.Create(api.OwnerConnectionString);
        var reads = new SharedReads(database, NullLogger<SharedReads>.Instance);
        var underWay = await OccupyAsync(reads);
        var waiting = Enumerable.Range(0, SharedReads.MostTogether).Select(_ => new Moment()).ToList();

        waiting.ForEach(reads.Send);
        underWay.ForEach(read => read.GoOn());

        // One trip is one transaction, and a transaction has one moment.
        var moments = await Task.WhenAll(waiting.Select(read => read.Answer));
        Assert.DoesNotContain(null, moments);
        Assert.Single(moments.Distinct());
    }

    [Fact]
    public async Task A_read_that_comes_alone_goes_alone_while_others_are_under_way()
    {
        await using var database = NpgsqlDataSource.Create(api.OwnerConnectionString);
        var reads = new SharedReads(database, NullLogger<SharedReads>.Instance);
        var underWay = new Moment(held: true);
        reads.Send(underWay);
        await underWay.Reached;
        var alone = new Moment();

        reads.Send(alone);

        Assert.NotNull(await alone.Answer);
        underWay.GoOn();
        Assert.NotEqual(await underWay.Answer, await alone.Answer);
    }

    [Fact]
    public async Task When_one_fails_those_without_an_answer_are_told_to_ask_alone()
    {
        await using var database = NpgsqlDataSource.Create(api.OwnerConnectionString);
        var reads = new SharedReads(database, NullLogger<SharedReads>.Instance);
        var underWay = await OccupyAsync(reads);
        var (before, broken, after) = (Question("select 1"), Question("select 1/0"), Question("select 1"));

        Array.ForEach([before, broken, after], reads.Send);
        underWay.ForEach(read => read.GoOn());

        Assert.True(await before.Answer);
        Assert.Null(await broken.Answer);
        Assert.Null(await after.Answer);
        var next = Question("select 1 where false");
        reads.Send(next);
        Assert.False(await next.Answer);
    }

    [Fact]
    public async Task Without_a_database_everybody_is_told_to_ask_alone()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        var reads = new SharedReads(nowhere, NullLogger<SharedReads>.Instance);
        var questions = Enumerable.Range(0, 3 * SharedReads.MostTogether).Select(_ => Question("select 1")).ToList();

        questions.ForEach(reads.Send);

        Assert.All(await Task.WhenAll(questions.Select(question => question.Answer)), Assert.Null);
    }

    [Fact]
    public async Task A_record_that_was_to_be_read_with_a_failing_read_is_read_alone()
    {
        var tenant = await api.FoundAsync();
        var record = await tenant.Admin.AddCandidateAsync();
        var reads = api.Services.GetRequiredService<SharedReads>();
        var underWay = await OccupyAsync(reads);
        var broken = Question("select 1/0");

        reads.Send(broken);
        var read = tenant.Admin.Get($"recruiting/candidates/{record.Id}");
        await Waiting.UntilAsync(() => Task.FromResult(reads.Waiting), waiting => waiting >= 2);
        underWay.ForEach(one => one.GoOn());

        Assert.Equal(record.Text, (await read).Must(200).Text);
        Assert.Null(await broken.Answer);
    }

    [Fact]
    public async Task Who_leaves_while_reading_takes_nobodys_answer_along()
    {
        var tenant = await api.FoundAsync();
        var record = await tenant.Admin.AddCandidateAsync();
        var path = $"recruiting/candidates/{record.Id}";
        using var http = api.NewHttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", tenant.Admin.Token);
        var leaving = Enumerable.Range(0, 20).Select(async i =>
        {
            using var leave = new CancellationTokenSource(TimeSpan.FromMilliseconds(i));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                using var answer = await http.GetAsync("api/v1/" + path, leave.Token);
                leave.Cancel();
                leave.Token.ThrowIfCancellationRequested();
            });
        });
        var staying = Enumerable.Range(0, 40).Select(_ => tenant.Admin.Get(path));

        var answers = Task.WhenAll([.. staying]);
        await Task.WhenAll([.. leaving]);

        Assert.All(await answers, answer => Assert.Equal(record.Text, answer.Must(200).Text));
    }

    [Fact]
    public async Task In_a_crowd_everybody_reads_what_they_may_and_nothing_else()
    {
        var tenants = new[] { await api.FoundAsync(), await api.FoundAsync(), await api.FoundAsync() };
        var asked = new List<(Func<Task<Answer>> Ask, int Status, string? Text)>();
        for (var i = 0; i < tenants.Length; i++)
        {
            var (tenant, other) = (tenants[i], tenants[(i + 1) % tenants.Length]);
            var (manager, agent, gone) = (await tenant.AddAsync("manager"), await tenant.AddAsync("agent"), await tenant.AddAsync("manager"));
            var theirs = await other.Admin.AddCandidateAsync();
            for (var k = 0; k < 4; k++)
            {
                var record = await tenant.Admin.AddCandidateAsync();
                var path = $"recruiting/candidates/{record.Id}";
                asked.Add((() => tenant.Admin.Get(path), 200, record.Text));
                asked.Add((() => manager.Get(path), 200, record.Text));
                asked.Add((() => agent.Get(path), 403, null));
                asked.Add((() => gone.Get(path), 401, null));
                asked.Add((() => manager.Get($"recruiting/candidates/{theirs.Id}"), 404, null));
                asked.Add((() => manager.Get($"recruiting/candidates?limit={k + 1}&sort=fullName"), 200, null));
                asked.Add((() => agent.Get("recruiting/candidates"), 403, null));
                asked.Add((() => gone.Get("recruiting/candidates?sort=fullName"), 401, null));
                asked.Add((() => manager.Get($"recruiting/candidates/{Guid.CreateVersion7()}"), 404, null));
            }

            // Both were let in before, and are remembered; one of them has left since.
            (await manager.Get("recruiting/candidates")).Must(200);
            (await gone.Get("recruiting/candidates")).Must(200);
            await api.SqlAsync("update kernel.users set active = false where id = $1", gone.UserId);
        }

        var answers = await Task.WhenAll(asked.Concat(asked).Select(async one => (one.Status, one.Text, Answer: await one.Ask())));

        Assert.All(answers, one =>
        {
            one.Answer.Must(one.Status);
            Assert.Equal(one.Text ?? one.Answer.Text, one.Answer.Text);
        });
    }

    /// <summary>Makes a trip for each the reads may make, and holds them up.</summary>
    private static async Task<List<Moment>> OccupyAsync(SharedReads reads)
    {
        var underWay = new List<Moment>();
        for (var i = 0; i < SharedReads.MostTrips; i++)
        {
            underWay.Add(new Moment(held: true));
            reads.Send(underWay[^1]);
            await underWay[^1].Reached;
        }

        return underWay;
    }

    private static SharedQuestion Question(string sql) => new(new NpgsqlBatchCommand(sql));

    /// <summary>When its transaction began.</summary>
    private sealed class Moment(bool held = false) : SharedRead
    {
        private readonly TaskCompletionSource<DateTime?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<DateTime?> Answer => _answer.Task;

        public Task Reached => _reached.Task;

        public void GoOn() => _goesOn.SetResult();

        public override void AddTo(NpgsqlBatchCommandCollection commands) => commands.Add(new NpgsqlBatchCommand("select now()"));

        public override async ValueTask ReadAsync(NpgsqlDataReader reader)
        {
            await reader.ReadAsync();
            var moment = reader.GetDateTime(0);
            _reached.SetResult();
            if (held)
            {
                await _goesOn.Task;
            }

            _answer.SetResult(moment);
        }

        public override void GiveUp() => _answer.TrySetResult(null);
    }
}
