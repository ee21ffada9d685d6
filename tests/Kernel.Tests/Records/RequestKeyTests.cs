using Tessera.Testing;

namespace Tessera.Kernel.Tests.Records;

public sealed class RequestKeyTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_same_request_sent_again_with_its_key_makes_one_record()
    {
        var admin = (await api.FoundAsync()).Admin;

        var first = (await CreateAsync(admin, "form-1", "Ada Lovelace")).Must(201);
        var again = (await CreateAsync(admin, "form-1", "Ada Lovelace")).Must(201);

        Assert.Equal((first.Id, first["version"].GetInt32()), (again.Id, again["version"].GetInt32()));
        Assert.Equal((false, true), (IsReplay(first), IsReplay(again)));
        Assert.Equal((first.ETag, first.Headers.Location), (again.ETag, again.Headers.Location));
        Assert.Equal(1, await CountAsync(admin));
    }

    [Fact]
    public async Task Of_many_sent_at_once_with_one_key_one_makes_the_record_and_all_are_told_of_it()
    {
        var admin = (await api.FoundAsync()).Admin;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync(admin, "double click", "Grace Hopper")));

        Assert.Single(answers.Select(a => a.Must(201).Id).Distinct());
        Assert.Equal(7, answers.Count(IsReplay));
        Assert.Equal(1, await CountAsync(admin));
    }

    [Fact]
    public async Task A_key_that_came_with_another_request_is_refused_and_without_one_nothing_is_remembered()
    {
        var admin = (await api.FoundAsync()).Admin;
        (await CreateAsync(admin, "k", "Ada Lovelace")).Must(201);

        (await CreateAsync(admin, "k", "Alan Turing")).Must(422, "idempotency_key_reused");
        (await CreateAsync(admin, null, "Alan Turing", "alan@mail.test")).Must(201);
        (await CreateAsync(admin, "other", "Alan Turing", "alan.t@mail.test")).Must(201);

        Assert.Equal(3, await CountAsync(admin));
    }

    [Fact]
    public async Task A_request_that_was_refused_leaves_its_key_free()
    {
        var admin = (await api.FoundAsync()).Admin;

        (await CreateAsync(admin, "k", "", "ada@mail.test")).Must(400);

        Assert.Equal("Ada Lovelace", (await CreateAsync(admin, "k", "Ada Lovelace", "ada@mail.test")).Must(201)["fullName"].GetString());
    }

    [Fact]
    public async Task Keys_belong_to_one_person_of_one_workspace()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        var other = (await api.FoundAsync()).Admin;

        var answers = new[] { await CreateAsync(tenant.Admin, "k", "Ada Lovelace"), await CreateAsync(manager, "k", "Ada Lovelace", "second@mail.test"), await CreateAsync(other, "k", "Ada Lovelace") };

        Assert.Equal(3, answers.Select(a => a.Must(201).Id).Distinct().Count());
    }

    [Theory]
    [InlineData("schlüssel")]
    [InlineData("line\tbreak")]
    [InlineData(256)]
    public async Task A_key_is_one_value_of_at_most_255_printable_characters(object key)
    {
        var admin = (await api.FoundAsync()).Admin;

        (await CreateAsync(admin, key as string ?? new string('k', (int)key), "Ada Lovelace")).Must(400, "invalid_idempotency_key");
    }

    private static Task<Answer> CreateAsync(Client client, string? key, string fullName, string email = "ada@mail.test") =>
        client.Send(HttpMethod.Post, "recruiting/candidates", new { fullName, email }, headers: key is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["Idempotency-Key"] = key });

    private static async Task<int> CountAsync(Client client) => (await client.Get("recruiting/candidates")).Must(200)["total"].GetInt32();

    private static bool IsReplay(Answer answer) => answer.Headers.Contains("Idempotent-Replay");
}
